# docker build -t REGISTRY/pausescope:TAG .
FROM docker.io/library/node:24-trixie-slim AS build
WORKDIR /build
COPY . .
RUN sh deploy/image/build.sh /app

# No shell, no package manager; user and group 65532. Nothing is written: the root can be read-only.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
ENV NODE_ENV=production
COPY --from=build /app /app
WORKDIR /app
EXPOSE 7777
ENTRYPOINT ["/nodejs/bin/node", "/app/apps/server/src/main.ts"]
CMD ["serve", "--no-open"]
