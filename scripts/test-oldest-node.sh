#!/usr/bin/env bash
# The core of the suite on the oldest Node that package.json declares, which npm brings as a package of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(node -p "require('./package.json').engines.node.replace('>=', '') + '.0'")
package="node-$(node -p 'process.platform + "-" + process.arch')"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --prefix "$folder" "$package@$version"
PATH="$folder/node_modules/$package/bin:$PATH"
echo "On Node $(node --version):"
# SQLite was experimental then; the command keeps that warning to itself, tests look at what a process says.
NODE_OPTIONS=--disable-warning=ExperimentalWarning node node_modules/vitest/vitest.mjs run --reporter=dot \
  test/net test/proxy test/meter test/pricing test/ledger test/limits test/session
