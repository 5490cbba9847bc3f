# The image of edge-orchestrator-aws for those who have Docker. Names and versions are those of release/tools.json, which a
# test compares; `npm run release` makes the released image of the same without Docker.
#   docker build --build-arg COMMIT=$(git rev-parse HEAD) --tag edge-orchestrator-aws .
#   docker buildx build --platform linux/amd64,linux/arm64 …        (the other architecture's parts run in an emulator)

# golang:1.26.8-trixie
FROM --platform=$BUILDPLATFORM golang:1.26.8-trixie@sha256:eae2aaa6add2936cbf350dd0d2628b363461542f0c4b3c0b558957e0f2997379 AS programs
ARG TARGETARCH
ENV GOOS=linux GOARCH=$TARGETARCH GOTOOLCHAIN=local
COPY release/go-program.sh /release/
RUN mkdir /programs
RUN /release/go-program.sh github.com/opentofu/opentofu 1.12.6 cmd/tofu /programs/tofu \
  '-X github.com/opentofu/opentofu/version.dev=no'
RUN /release/go-program.sh k8s.io/kubernetes 1.35.4 cmd/kubectl /programs/kubectl \
  '-X k8s.io/component-base/version.gitVersion=v1.35.4 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=35 -X k8s.io/component-base/version.gitTreeState=clean'
RUN /release/go-program.sh helm.sh/helm/v3 3.18.4 cmd/helm /programs/helm \
  '-X helm.sh/helm/v3/internal/version.version=v3.18.4 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=33'
RUN /release/go-program.sh github.com/aws/session-manager-plugin 0.0.0-20260401221635-b79d06c1d3a2 src/sessionmanagerplugin-main /programs/session-manager-plugin \
  '' \
  github.com/aws/aws-sdk-go-v2@v1.48.0 \
  github.com/aws/aws-sdk-go-v2/config@v1.33.18 \
  github.com/aws/aws-sdk-go-v2/service/kms@v1.62.6 \
  github.com/aws/aws-sdk-go-v2/service/ssm@v1.82.1 \
  github.com/cihub/seelog@v0.0.0-20170130134532-f561c5e57575 \
  github.com/fsnotify/fsnotify@v1.10.1 \
  github.com/gorilla/websocket@v1.5.3 \
  github.com/stretchr/testify@v1.12.1 \
  github.com/twinj/uuid@v0.0.0-20151029044442-89173bcdda19 \
  github.com/xtaci/smux@v1.5.58 \
  golang.org/x/crypto@v0.59.0 \
  golang.org/x/sync@v0.25.0

# node:22.23.3-trixie-slim
FROM node:22.23.3-trixie-slim@sha256:b26b04c123d9ff8ab646ceb18b9d75a1173acf64b9a401094b906d27b29338d4 AS product
ARG COMMIT
WORKDIR /sources
COPY . .
# A build context has no history: the commit is stamped as git archive does it.
RUN test -z "$COMMIT" || echo "$COMMIT" >scripts/provision/world/commit.txt
RUN mkdir /product && npm pack --silent --ignore-scripts --pack-destination /tmp \
  && tar -xzf /tmp/edge-orchestrator-aws-*.tgz --strip-components=1 -C /product \
  && cp package-lock.json /product/ && cd /product && npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# The compiler is packed, and would be unpacked into its user's home or /tmp, which a read-only root file system forbids.
RUN cd /product && mkdir -m 700 /tmp/compiler && SWC_NATIVE_BINDING_CACHE=/tmp/compiler node -e 'require("@swc/core")' \
  && cp "$(find /tmp/compiler -name '*.node')" "$(find node_modules/@swc -name '*.node')" \
  && find node_modules -regextype posix-extended -type f \
    -regex '.*(/\.jsii(\.gz)?|/\.package-lock\.json|\.d\.[cm]?ts|\.map|\.tsbuildinfo|\.bare)' -delete \
  && rm package-lock.json && chmod -R u=rwX,go=rX /product

# debian:trixie-slim
FROM debian:trixie-slim@sha256:a99cfc517144bc59b1978475ec53b46ecabec7e43635402ee5b77cc54cd1b20a
ARG COMMIT
RUN apt-get update \
  && apt-get install --yes --no-install-recommends awscli \
    base-files \
    bash \
    ca-certificates \
    coreutils \
    dash \
    findutils \
    git \
    grep \
    gzip \
    less \
    libc-bin \
    mawk \
    ncurses-base \
    netbase \
    sed \
    tar \
    tini \
  && rm -rf /var/lib/apt/lists/* /var/log/* /var/cache/* \
  && groupadd --gid 1000 provision && useradd --uid 1000 --gid 1000 --no-create-home --home-dir /home/provision provision \
  && mkdir -p /home/provision /work && chmod 1777 /home/provision /work
COPY --from=programs /programs/ /usr/local/bin/
COPY --from=product /usr/local/bin/node /usr/local/bin/
COPY --from=product /product /opt/edge-orchestrator-aws
LABEL org.opencontainers.image.title="edge-orchestrator-aws"
LABEL org.opencontainers.image.description="Edge Orchestrator on AWS: one environment file, one Terraform state per layer, one command"
LABEL org.opencontainers.image.licenses="Apache-2.0"
LABEL org.opencontainers.image.revision=$COMMIT
ENV PATH="/usr/local/bin:/usr/bin:/bin"
ENV HOME="/home/provision"
ENV TERRAFORM_BINARY_NAME="tofu"
ENV LANG="C.UTF-8"
ENV AWS_PAGER=""
ENV SSL_CERT_FILE="/etc/ssl/certs/ca-certificates.crt"
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["tini", "-s", "--", "node", "/opt/edge-orchestrator-aws/scripts/provision.cjs"]
