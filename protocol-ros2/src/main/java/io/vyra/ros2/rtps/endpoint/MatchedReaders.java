package io.vyra.ros2.rtps.endpoint;

import io.vyra.ros2.rtps.message.Guid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The readers that a writer is matched with, by id and by where they are reached. */
final class MatchedReaders {
    private final Map<Guid, ReaderProxy> byId = new LinkedHashMap<>();
    private final List<ReaderGroup> groups = new ArrayList<>();

    /** The reader of that id, or null. */
    ReaderProxy get(Guid reader) {
        return byId.get(reader);
    }

    Set<Guid> ids() {
        return Set.copyOf(byId.keySet());
    }

    int size() {
        return byId.size();
    }

    /** To be walked by index, and changed by nobody else. */
    List<ReaderGroup> groups() {
        return groups;
    }

    void add(ReaderProxy proxy) {
        byId.put(proxy.guid, proxy);
        group(proxy.destination).readers().add(proxy);
    }

    /** Whether there was one of that id. */
    boolean remove(Guid reader) {
        ReaderProxy proxy = byId.remove(reader);
        if (proxy == null) {
            return false;
        }
        leave(proxy);
        return true;
    }

    private void leave(ReaderProxy proxy) {
        ReaderGroup group = group(proxy.destination);
        group.readers().remove(proxy);
        if (group.readers().isEmpty()) {
            groups.remove(group);
        }
    }

    /** The reader of that id, if there is one, is reached elsewhere from now on. */
    void move(Guid reader, Destination destination) {
        ReaderProxy proxy = byId.get(reader);
        if (proxy != null && !proxy.destination.equals(destination)) {
            leave(proxy);
            proxy.destination = destination;
            group(destination).readers().add(proxy);
        }
    }

    private ReaderGroup group(Destination destination) {
        for (ReaderGroup group : groups) {
            if (group.destination().equals(destination)) {
                return group;
            }
        }
        ReaderGroup group = new ReaderGroup(destination);
        groups.add(group);
        return group;
    }

    boolean isAnyReliable() {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).isReliable()) {
                return true;
            }
        }
        return false;
    }

    /** The number up to which every reliable reader has everything, of those up to the last one. */
    long acknowledgedByAll(long last) {
        long everybody = last;
        for (int i = 0; i < groups.size(); i++) {
            everybody = Math.min(everybody, groups.get(i).acknowledged());
        }
        return everybody;
    }

    /** The same of those readers alone that samples are sent to; the others have nothing on its way. */
    long acknowledgedByReady(long last) {
        long everybody = last;
        for (int i = 0; i < groups.size(); i++) {
            everybody = Math.min(everybody, groups.get(i).acknowledgedByReady());
        }
        return everybody;
    }
}
