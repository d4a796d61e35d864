package io.vyra.modulemanager.api.event;

import io.vyra.modulemanager.feed.FeedEvent;
import io.vyra.modulemanager.request.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client wants to hear of.
 *
 * @param logs modules whose logs it follows, as it named them
 */
record Topics(boolean modules, boolean operations, boolean feeds, List<String> logs) {
    private static final int MAX_LOGS = 8;
    private static final String LOGS = "logs:";

    /**
     * @param text comma-separated; null for everything but logs
     */
    static Topics parse(String text) {
        if (text == null) {
            return new Topics(true, true, true, List.of());
        }
        Checks checks = new Checks();
        checks.optionalLength("?topics", text, 1, 1024);
        List<String> topics = List.of(text.split(",", -1));
        List<String> logs = new ArrayList<>();
        for (String topic : topics) {
            boolean isLog = topic.startsWith(LOGS) && topic.length() > LOGS.length();
            if (isLog) {
                logs.add(topic.substring(LOGS.length()));
            } else if (!List.of("modules", "operations", "feeds").contains(topic)) {
                checks.add("?topics", "may hold modules, operations, feeds and logs:{id}");
            }
        }
        if (logs.size() > MAX_LOGS) {
            checks.add("?topics", "may hold at most " + MAX_LOGS + " logs");
        }
        checks.requireNone();
        return new Topics(
                topics.contains("modules"), topics.contains("operations"), topics.contains("feeds"), List.copyOf(logs));
    }

    boolean wants(FeedEvent event) {
        return switch (event) {
            case FeedEvent.ModuleChanged changed -> modules;
            case FeedEvent.ModuleRemoved removed -> modules;
            case FeedEvent.OperationChanged changed -> operations;
            case FeedEvent.Entry entry -> feeds;
        };
    }
}
