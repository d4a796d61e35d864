package io.vyra.modulemanager.zenoh.watch;

/** A feed that every VYRA module has, in the namespace {@code feeder}. */
enum Feed {
    STATE("StateFeed"),
    NEWS("NewsFeed"),
    ERROR("ErrorFeed"),
    LOG("LogFeed");

    private final String function;

    Feed(String function) {
        this.function = function;
    }

    /** The key expression of this feed of all modules. */
    String ofAll() {
        return "*/feeder/" + function;
    }
}
