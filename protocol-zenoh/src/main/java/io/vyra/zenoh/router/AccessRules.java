package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;

/**
 * Decides who may do what. Called from several threads; it must not wait and must not call the router.
 *
 * <p>The answer to {@link Action#PUBLISH} holds until a face joins or leaves: it is not asked again for each message.
 */
public interface AccessRules {
    /** Everybody may do everything. */
    AccessRules NONE = (_, _, _, _) -> true;

    /** Whether the face may do that with all keys of the expression. */
    boolean allows(FaceIdentity face, FaceId id, Action action, KeyExpression key);

    /**
     * A face is there from now on. If it has proven who it is, everything that others declared is asked for again, and what is not allowed
     * any more taken back.
     */
    default void joined(FaceIdentity face, FaceId id) {}

    /** A face is gone, and everything that it declared. */
    default void left(FaceId id) {}
}
