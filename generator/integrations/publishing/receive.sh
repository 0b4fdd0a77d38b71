# Takes the place of $place with the files that come as a gzipped tar after this text, for tocsin.
# $release is the name of the new folder beside it, $was what $place led to when it was looked at, and the arguments are
# paths of others that stay. The new folder is whole before a link to it is renamed over the old one.
set -eu
LC_ALL=C
export LC_ALL
: "${place:?}" "${release:?}" "${was?}"
case $place in /*) ;; *) place=$HOME/$place ;; esac
name=${place##*/}
above=${place%/*}
mkdir -p "$above"
cd "$above"
trap 'rm -rf "./$release" "./$release.link"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "./$release"
(cd "./$release" && tar xzf -)
if ! [ -f "./$release/.tocsin-published" ]; then
  echo 'not all of it arrived' >&2
  exit 1
fi
for path in "$@"; do
  mkdir -p "./$(dirname "$release/$path")"
  cp -pP "./$name/$path" "./$release/$path"
done
now=
if [ -L "./$name" ]; then now=$(readlink "./$name"); fi
if [ "$now" != "$was" ]; then
  echo 'somebody else published at the same time: try again' >&2
  exit 1
fi
old=$now
if [ -d "./$name" ] && ! [ -L "./$name" ]; then
  # Only the first time: a folder cannot be replaced by a link in one step.
  old=$release.old
  mv "./$name" "./$old"
fi
ln -s "$release" "./$release.link"
if ! mv -T "./$release.link" "./$name" 2>/dev/null && ! mv -h "./$release.link" "./$name" 2>/dev/null; then
  if [ "$old" = "$release.old" ]; then mv "./$old" "./$name"; fi
  echo 'the link could not be replaced in one step (mv -T)' >&2
  exit 1
fi
trap - EXIT
if [ -n "$old" ]; then rm -rf "./$old"; fi
# What killed runs left; those of today may still be at work.
find . ! -name . -prune -name ".$name.tocsin-*" ! -name "$release" -mtime +1 -exec rm -rf {} +
echo '=done='
