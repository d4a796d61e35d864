package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The rules of a robot's modules: a key's first part, where it is a module's id ({@code {name}_{32 hexadecimal digits}}), says whose it is.
 * Thread-safe.
 *
 * <ul>
 *   <li>Everybody may subscribe and query. Which queries the manager follows is the manager's decision, by who asks.
 *   <li>This process may do everything, and alone declares and publishes under the manager's id.
 *   <li>Who proved to be a user or has a certificate declares and publishes under the id of that name, and under no other.
 *   <li>Who is anonymous declares and publishes under any other id that is not taken. A queryable, a token or a publication takes it, until
 *       the face is gone, or one comes that has proven to be that module.
 *   <li>The upstream router, and who is behind it, under any id that nobody here has.
 *   <li>Keys that are under no module's id are everybody's; a first part with wild cards is nobody's.
 * </ul>
 */
public final class PrefixOwnership implements AccessRules {
    private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9_]*_[0-9a-f]{32}");

    private final String manager;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FaceId> owners = new HashMap<>();
    private final Map<FaceId, String> proven = new HashMap<>();

    /**
     * @param managerPrefix the manager's own module id
     */
    public PrefixOwnership(String managerPrefix) {
        if (!MODULE.matcher(managerPrefix).matches()) {
            throw new IllegalArgumentException(
                    "The manager's prefix is its module id, a name, '_' and 32 hexadecimal digits, not '"
                            + managerPrefix + "'");
        }
        this.manager = managerPrefix;
    }

    @Override
    public boolean allows(FaceIdentity face, FaceId id, Action action, KeyExpression key) {
        return switch (action) {
            case DECLARE_SUBSCRIBER, QUERY -> true;
            case DECLARE_QUERYABLE, DECLARE_TOKEN, PUBLISH -> owns(face, id, firstPart(key));
        };
    }

    private static String firstPart(KeyExpression key) {
        String text = key.toString();
        int slash = text.indexOf('/');
        return slash < 0 ? text : text.substring(0, slash);
    }

    private boolean owns(FaceIdentity face, FaceId id, String prefix) {
        if (face instanceof FaceIdentity.Local) {
            return true;
        }
        if (prefix.indexOf('*') >= 0 || prefix.equals(manager)) {
            return false;
        }
        if (!MODULE.matcher(prefix).matches()) {
            return true;
        }
        return switch (face) {
            case FaceIdentity.Local() -> true;
            case FaceIdentity.User(String name) -> name.equals(prefix);
            case FaceIdentity.Certificate(String name) -> name.equals(prefix);
            case FaceIdentity.Anonymous _ -> takes(id, prefix);
            case FaceIdentity.Upstream() -> isFree(prefix);
        };
    }

    private boolean takes(FaceId id, String prefix) {
        lock.lock();
        try {
            return !proven.containsValue(prefix)
                    && owners.computeIfAbsent(prefix, _ -> id).equals(id);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(String prefix) {
        lock.lock();
        try {
            return !proven.containsValue(prefix) && !owners.containsKey(prefix);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void joined(FaceIdentity face, FaceId id) {
        String name = switch (face) {
            case FaceIdentity.User(String user) -> user;
            case FaceIdentity.Certificate(String commonName) -> commonName;
            case FaceIdentity.Local(), FaceIdentity.Anonymous _, FaceIdentity.Upstream() -> null;
        };
        if (name != null) {
            lock.lock();
            try {
                proven.put(id, name);
                owners.remove(name);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void left(FaceId id) {
        lock.lock();
        try {
            proven.remove(id);
            owners.values().removeAll(Set.of(id));
        } finally {
            lock.unlock();
        }
    }
}
