package io.vyra.zenoh.router;

import io.vyra.zenoh.keyexpr.KeyExpression;

/**
 * Something that a face declared and did not take back.
 *
 * @param what a subscriber, a queryable or a token, as the action of declaring it
 */
public record FaceDeclaration(FaceId face, FaceIdentity identity, Action what, KeyExpression key) {}
