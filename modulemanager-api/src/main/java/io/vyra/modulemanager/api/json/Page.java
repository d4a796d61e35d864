package io.vyra.modulemanager.api.json;

import io.vyra.modulemanager.request.Checks;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One page of a longer list, continued by a cursor that names the last entry, so that entries that come and go meanwhile shift
 * nothing.
 *
 * @param next cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, String next) {
    public static final int DEFAULT_LIMIT = 100;
    public static final int MAX_LIMIT = 500;
    private static final int MAX_CURSOR = 256;

    /** What the query asks for. */
    public record Request(int limit, Optional<String> after) {
        /**
         * Reads {@code limit} and {@code after}; what is wrong goes to {@code checks}.
         *
         * @param isKey whether a text can name an entry of this list
         */
        public static Request of(UriInfo uri, Checks checks, Predicate<String> isKey) {
            int limit =
                    checks.number("?limit", uri.getQueryParameters().getFirst("limit"), DEFAULT_LIMIT, 1, MAX_LIMIT);
            String cursor = uri.getQueryParameters().getFirst("after");
            if (cursor == null) {
                return new Request(limit, Optional.empty());
            }
            Optional<String> key = key(cursor).filter(isKey);
            if (key.isEmpty()) {
                checks.add("?after", "is not the next of a page of this list");
            }
            return new Request(limit, key);
        }

        private static Optional<String> key(String cursor) {
            try {
                return cursor.length() <= MAX_CURSOR
                        ? Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /**
         * Cuts the page out of a sorted list.
         *
         * @param remaining entries behind the cursor
         * @param key       what names an entry for ever
         */
        public <T> Page<T> cut(List<T> remaining, Function<T, String> key) {
            boolean more = remaining.size() > limit;
            List<T> items = more ? remaining.subList(0, limit) : remaining;
            return new Page<>(items, more ? cursor(key.apply(items.getLast())) : null);
        }
    }

    public static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), next);
    }

    /** The page with its {@code Link} header (RFC 8288); the address is relative to the request's own, which any prefix survives. */
    public Response response(UriInfo uri) {
        Response.ResponseBuilder response = Response.ok(this);
        if (next != null) {
            UriBuilder address = uri.getRequestUriBuilder().replaceQueryParam("after", next);
            response.header("Link", "<?" + address.build().getRawQuery() + ">; rel=\"next\"");
        }
        return response.build();
    }
}
