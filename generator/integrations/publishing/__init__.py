"""Publishing: the files of a built target brought to a folder, a host or a branch, whole or not at all.

See docs/publishing.md.
"""

from generator.integrations.publishing.built import built
from generator.integrations.publishing.destinations import Branch, Destination, Folder, Host, parse
from generator.integrations.publishing.publish import Done, Order, publish
from generator.integrations.publishing.release import Release

__all__ = ["Branch", "Destination", "Done", "Folder", "Host", "Order", "Release", "built", "parse", "publish"]
