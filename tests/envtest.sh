#!/usr/bin/env bash
# Prepares a real Kubernetes control plane for the tests and prints the folder that holds it
# (kube-apiserver, kube-controller-manager, etcd), in Kubernetes' own convention KUBEBUILDER_ASSETS.
#
#   export KUBEBUILDER_ASSETS=$(tests/envtest.sh)
#
# Tried in this order, and kept per machine in ${XDG_CACHE_HOME:-~/.cache}/scheduler-envtest:
#   1. the folder KUBEBUILDER_ASSETS already names
#   2. a folder made by an earlier run
#   3. the released envtest archive (needs the internet; it has no kube-controller-manager, so the
#      tests then leave out what needs the Job controller)
#   4. Debian's Kubernetes source package, compiled here (about ten minutes on two cores)
# Progress goes to standard error. Exit 1 when nothing could be prepared.
set -euo pipefail

VERSION=1.34.1
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/scheduler-envtest"
BIN="$CACHE/bin"

say() { echo "envtest: $*" >&2; }
complete() { [ -x "$1/kube-apiserver" ] && [ -x "$1/etcd" ]; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

download() {
  local url="https://github.com/kubernetes-sigs/controller-tools/releases/download/envtest-v$VERSION/envtest-v$VERSION-linux-amd64.tar.gz"
  say "trying the released archive"
  mkdir -p "$CACHE/download"
  curl -fsSL --connect-timeout 5 --max-time 300 "$url" -o "$CACHE/download/envtest.tar.gz" 2>/dev/null || return 1
  tar -xzf "$CACHE/download/envtest.tar.gz" -C "$CACHE/download" || return 1
  mkdir -p "$BIN" && cp "$CACHE"/download/controller-tools/envtest/* "$BIN/" || return 1
  complete "$BIN"
}

# The released archive reaches none of these steps; what each one mends is said in shared/spec/envtest.md.
build() {
  say "compiling Debian's source package"
  local work="$CACHE/build"
  export GOPATH="$work/gopath" GO111MODULE=off CGO_ENABLED=0 GOFLAGS= GOCACHE="$work/gocache"
  mkdir -p "$work/sources" "$work/lists/partial" "$work/reflect2" "$GOPATH/src/k8s.io/kubernetes" "$BIN"

  as_root apt-get update >&2
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y golang-go etcd-server dpkg-dev >&2

  local found=no list
  for list in /etc/apt/sources.list.d/*.sources; do
    [ -e "$list" ] || continue
    sed 's/^Types:.*/Types: deb-src/' "$list" > "$work/sources/$(basename "$list")" && found=yes
  done
  if [ -s /etc/apt/sources.list ]; then
    sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > "$work/sources/classic.list" && found=yes
  fi
  [ "$found" = yes ] || { say "no apt source list found"; return 1; }

  local private=(-oDir::Etc::sourcelist=- -oDir::Etc::sourceparts="$work/sources" -oDir::State::Lists="$work/lists" -oAPT::Sandbox::User=root)
  cd "$work"
  as_root apt-get "${private[@]}" update >&2
  as_root apt-get "${private[@]}" source --download-only kubernetes >&2
  tar -xzf kubernetes_*.orig.tar.gz -C "$GOPATH/src/k8s.io/kubernetes" --strip-components=1

  apt-get download golang-github-modern-go-reflect2-dev >&2
  dpkg -x golang-github-modern-go-reflect2-dev_*.deb "$work/reflect2"
  cd "$GOPATH/src/k8s.io/kubernetes"
  rm -rf vendor/github.com/modern-go/reflect2
  cp -r "$work/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2" vendor/github.com/modern-go/

  local packages
  packages=$(grep -rl --include='*.go' --exclude='*_test.go' '+k8s:openapi-gen=' pkg staging/src 2>/dev/null \
    | xargs -n1 dirname | sort -u \
    | grep -vE 'code-generator|/sample-|kube-openapi/(test|cmd|pkg/generators)' \
    | sed -e 's,^staging/src/,k8s.io/kubernetes/vendor/,' -e 's,^pkg/,k8s.io/kubernetes/pkg/,' | paste -sd,)
  go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen >&2
  "$work/openapi-gen" -O zz_generated.openapi -p k8s.io/kubernetes/pkg/generated/openapi \
    -h hack/boilerplate/boilerplate.generatego.txt -r "$work/violations.txt" \
    --output-base "$GOPATH/src" -i "$packages" >&2

  local stamp=k8s.io/component-base/version
  go build -ldflags "-s -w -X $stamp.gitVersion=v1.20.2 -X $stamp.gitMajor=1 -X $stamp.gitMinor=20" \
    -o "$work/out/" ./cmd/kube-apiserver ./cmd/kube-controller-manager >&2
  cp "$work"/out/kube-* "$BIN/"
  ln -sf "$(command -v etcd)" "$BIN/etcd"
  cd /
  rm -rf "$work"
  complete "$BIN"
}

if [ -n "${KUBEBUILDER_ASSETS:-}" ] && complete "$KUBEBUILDER_ASSETS"; then
  echo "$KUBEBUILDER_ASSETS"
  exit 0
fi
mkdir -p "$CACHE"
# Two test runs started together must not build twice, nor into each other.
exec 9> "$CACHE/building"
flock 9
complete "$BIN" || download || build || { say "no control plane could be prepared"; exit 1; }
echo "$BIN"
