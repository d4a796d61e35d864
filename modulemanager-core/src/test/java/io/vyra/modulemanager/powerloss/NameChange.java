package io.vyra.modulemanager.powerloss;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An atomic change of names that is not durable yet: of one name, or of two in a rename.
 *
 * @param at      tick of the call
 * @param subject what was made, renamed or removed
 */
record NameChange(long at, Node subject, List<Entry> entries) {

    /** @param node null when the name goes away */
    record Entry(Node.Folder folder, String name, Node node) {
        void applyTo(Map<String, Node> names) {
            if (node == null) {
                names.remove(name);
            } else {
                names.put(name, node);
            }
        }
    }

    boolean touches(Node.Folder folder) {
        return entries.stream().anyMatch(entry -> entry.folder() == folder);
    }

    /** No file system does a later change of the same thing, or of the same name, without the earlier one. */
    // Identity on purpose: two links with the same target are two things.
    @SuppressWarnings("ReferenceEquality")
    private boolean follows(NameChange earlier) {
        return subject == earlier.subject
                || entries.stream()
                        .anyMatch(mine -> earlier.entries.stream()
                                .anyMatch(its -> its.folder() == mine.folder()
                                        && its.name().equals(mine.name())));
    }

    /** Those that are wanted, and everything they follow; in order. */
    static List<NameChange> closure(List<NameChange> changes, Predicate<NameChange> wanted) {
        List<NameChange> found = new ArrayList<>();
        for (NameChange change : changes.reversed()) {
            if (wanted.test(change) || found.stream().anyMatch(later -> later.follows(change))) {
                found.addFirst(change);
            }
        }
        return found;
    }
}
