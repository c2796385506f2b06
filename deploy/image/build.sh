#!/bin/sh
# Makes the folder that is the image: build.sh FOLDER, in a clean copy of the repository, with Node 24 and npm.
set -eu
out=$1
pnpm() { npm exec --yes -- "$(node -p 'JSON.parse(fs.readFileSync("package.json")).packageManager')" "$@"; }

pnpm install --frozen-lockfile
PATH=$PWD/node_modules/.bin:$PATH node --run build

# The same lockfile once more, for what runs: the server and the core, without tools, and without a Node of its own.
rm -rf node_modules ./*/*/node_modules e2e/node_modules
pnpm install --frozen-lockfile --prod --no-optional --filter '@pausescope/server...'

mkdir -p "$out/apps/server" "$out/apps/web" "$out/packages/shared"
cp -R package.json LICENSE node_modules "$out"
cp -R apps/server/package.json apps/server/src apps/server/recordings apps/server/node_modules "$out/apps/server"
cp -R apps/web/dist "$out/apps/web"
cp -R packages/shared/package.json packages/shared/src packages/shared/node_modules "$out/packages/shared"
find "$out/apps" "$out/packages" -path '*/node_modules' -prune -o \( -name '*.test.ts' -o -name test -o -name golden -o -name goldens \) -print | xargs rm -rf
# Types and maps of packages are for tools alone; they are two fifths of all files' size. So are links to packages that are not here.
find "$out/node_modules" -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete
find "$out" -xtype l -delete
