package io.vyra.modulemanager.zenoh.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One page of a longer list. Its cursor names its last entry and is the same as over REST, so that a list can be begun here and continued
 * there.
 *
 * @param next cursor of the next page; empty on the last one
 */
record Page<T>(List<T> items, Optional<String> next) {
    static final int USUAL_LIMIT = 100;
    static final int MOST = 500;
    private static final int LONGEST_CURSOR = 256;

    /** What is asked for. */
    record Wanted(int limit, Optional<String> after) {
        /**
         * Reads {@code limit} and {@code after}.
         *
         * @param isKey whether a text can name an entry of this list
         */
        static Wanted of(Request request, Predicate<String> isKey) {
            int limit = request.number("limit", USUAL_LIMIT, 1, MOST);
            Optional<String> cursor = request.text("after", LONGEST_CURSOR);
            Optional<String> key = cursor.flatMap(Wanted::key).filter(isKey);
            if (cursor.isPresent() && key.isEmpty()) {
                throw Request.wrong("after", "is not the next of a page of this list");
            }
            return new Wanted(limit, key);
        }

        private static Optional<String> key(String cursor) {
            try {
                return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /**
         * Cuts the page out of a list.
         *
         * @param remaining entries behind the cursor
         * @param key       what names an entry for ever
         */
        <T> Page<T> cut(List<T> remaining, Function<T, String> key) {
            boolean isMore = remaining.size() > limit;
            List<T> items = isMore ? remaining.subList(0, limit) : remaining;
            return new Page<>(items, isMore ? Optional.of(cursor(key.apply(items.getLast()))) : Optional.empty());
        }

        /** The entries behind the cursor, in a list whose order its keys do not tell. */
        <T> List<T> behind(List<T> all, Function<T, String> key) {
            if (after.isEmpty()) {
                return all;
            }
            return all.stream()
                    .dropWhile(item -> !key.apply(item).equals(after.get()))
                    .skip(1)
                    .toList();
        }
    }

    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
