# The program alone: static, without a shell, as a user without rights. See docs/integrations.md.
FROM rust:1.95-alpine AS build
WORKDIR /source
COPY . .
RUN cargo build --release --locked --package masthead-cli && mkdir -m 1777 /empty

FROM scratch
COPY --from=build /source/target/release/masthead /masthead
COPY --from=build /empty /tmp
USER 65532:65532
EXPOSE 8417
ENTRYPOINT ["/masthead"]
CMD ["serve", "--no-open", "--listen", "0.0.0.0:8417", "--log", "json"]
