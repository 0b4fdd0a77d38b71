# What lies at $place, for tocsin: a word for its kind, the release that it leads to, its files, and the marker.
# Whatever the login shell says comes before the first line of ours.
set -eu
LC_ALL=C
export LC_ALL
: "${place:?}"
case $place in /*) ;; *) place=$HOME/$place ;; esac
name=${place##*/}
above=${place%/*}
echo '=tocsin='
link=
if [ -L "$place" ]; then
  link=$(readlink "$place")
  case $link in
    ".$name.tocsin-"*) if [ -d "$place/" ]; then kind=release; else kind=elsewhere; fi ;;
    *) kind=elsewhere ;;
  esac
elif [ -d "$place" ]; then
  kind=folder
elif [ -e "$place" ]; then
  kind='file'
else
  kind=absent
fi
if [ -d "$above" ] && ! [ -w "$above" ]; then kind=refused; fi
# As the web server sees it: through the links above.
up=$above
if [ -d "$above" ]; then up=$(cd "$above" && pwd -P); fi
while [ -n "$up" ]; do
  if [ -f "$up/.tocsin-published" ]; then kind=inside; fi
  up=${up%/*}
done
echo "$kind"
echo "$link"
case $kind in
  release | folder)
    (cd "$place/" && find . ! -type d)
    echo '=marker='
    if [ -f "$place/.tocsin-published" ]; then cat "$place/.tocsin-published"; fi
    ;;
esac
