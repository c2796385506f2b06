#!/bin/sh
# Runs what build.sh made as the image runs in a cluster, where no builder of images is at hand: in a root that has nothing but a
# Node with its libraries and cannot be written, as user 65532, without capabilities. As root on Linux: check.sh FOLDER NODE
set -eu
app=$(readlink -f "$1")
node=$(readlink -f "$2")
root=$(mktemp -d)
chmod 755 "$root"
port=17777
trap 'kill "$server" 2>/dev/null || true; rm -rf "$root"' EXIT

mkdir -p "$root/app" "$root/nodejs/bin" "$root/proc" "$root/dev"
cp "$node" "$root/nodejs/bin/node"
ldd "$node" | grep -o '/[^ ]*' | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp "$library" "$root$library"
done

# All in a mount namespace of its own: nothing stays mounted.
unshare --mount sh -euc '
  mount --bind "$1" "$1"
  mount --bind "$2" "$1/app"
  mount -t proc proc "$1/proc"
  mount -o remount,bind,ro "$1/app"
  mount -o remount,bind,ro "$1"
  exec setpriv --no-new-privs chroot --userspec=65532:65532 "$1" \
    /nodejs/bin/node /app/apps/server/src/main.ts serve --no-open --port="$3" --log-format=json --no-token
' sh "$root" "$app" "$port" &
server=$!

"$node" -e '
  const url = `http://127.0.0.1:${process.argv[1]}`
  const until = Date.now() + 30000
  const get = async (path) => { for (;;) try { return await fetch(url + path) } catch (e) { if (Date.now() > until) throw e; await new Promise((r) => setTimeout(r, 200)) } }
  const page = await get("/")
  const pods = await (await get("/api/pods")).json()
  const asset = /assets\/[^"]+\.js/.exec(await page.text())[0]
  console.log(page.status, (await get(`/${asset}`)).status, `${pods.pods.length} pods`)
' "$port" --input-type=module
grep -E '^(Uid|Gid|CapEff|NoNewPrivs)' "/proc/$server/status"
kill -TERM "$server"
wait "$server" && echo "stopped in good order"
