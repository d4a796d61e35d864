package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.feed.FeedEntry;
import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The manager itself: {@code api/system}, {@code api/bus}, {@code api/feeds}, {@code api/users}, {@code api/problems}. Thread-safe.
 */
final class ManagerBranch implements Branch {
    private static final int LONGEST = 128;
    private static final Pattern FEED_ID = Pattern.compile("[0-9]{1,18}");

    private final ApiGround ground;
    private final Documents documents = new Documents();
    private final ManagerDocuments own = new ManagerDocuments(documents);

    ManagerBranch(ApiGround ground) {
        this.ground = ground;
    }

    @Override
    public JsonNode answer(List<String> path, Request request) {
        return switch (path.getFirst() + "/" + path.size()) {
            case "system/1" -> system(request);
            case "bus/1" -> bus(request);
            case "feeds/1" -> feeds(request);
            case "users/1" -> users(request);
            case "problems/1" -> problems(request);
            case "problems/2" -> problem(path.get(1), request);
            default -> throw ApiCatalog.nothingAt(path);
        };
    }

    private JsonNode system(Request request) {
        Permissions.requireNoModule(request);
        request.refuseUnknown();
        return ground.system().read(request.caller());
    }

    private JsonNode bus(Request request) {
        Permissions.requireNoModule(request);
        request.refuseUnknown();
        return own.bus(ground.bus().snapshot(), Permissions.visibleTo(request.caller(), ground.manager()));
    }

    /** {@code next} names the last entry there is, seen or hidden, so that a client can ask on for what comes later. */
    private JsonNode feeds(Request request) {
        Permissions.requireNoModule(request);
        Optional<String> module = request.text("module", LONGEST);
        Optional<FeedEntry.Kind> kind = request.constant("kind", FeedEntry.Kind.class);
        Page.Wanted wanted = Page.Wanted.of(request, FEED_ID.asMatchPredicate());
        request.refuseUnknown();
        long after = wanted.after().map(Long::parseLong).orElse(0L);
        Predicate<String> isVisible = Permissions.visibleTo(request.caller(), ground.manager());
        List<FeedEvent.Entry> entries = ground.feeds().history(module, kind, after, Integer.MAX_VALUE).stream()
                .filter(entry -> isVisible.test(entry.entry().moduleId()))
                .limit(wanted.limit())
                .toList();
        Optional<String> last = entries.isEmpty()
                ? wanted.after()
                : Optional.of(String.valueOf(entries.getLast().id()));
        return documents.page(new Page<>(entries.stream().map(own::feedEntry).toList(), last.map(Page::cursor)));
    }

    private JsonNode users(Request request) {
        Permissions.require(Role.ADMIN, request);
        request.refuseUnknown();
        return documents.list(ground.accounts().get().stream().map(own::user).toList());
    }

    private JsonNode problems(Request request) {
        request.refuseUnknown();
        return documents.list(
                Arrays.stream(ProblemType.values()).map(own::problemType).toList());
    }

    private JsonNode problem(String code, Request request) {
        request.refuseUnknown();
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .map(own::problemType)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no such problem. All of them are listed at api/problems."));
    }
}
