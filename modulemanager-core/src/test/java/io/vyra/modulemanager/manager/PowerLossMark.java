package io.vyra.modulemanager.manager;

/** How far a recorded manager is; from each mark on, more must survive a power loss. */
enum PowerLossMark {
    /** What the operation starts from is there and durable. */
    PREPARED,
    /** The caller knows of the operation: it may not be forgotten any more. */
    ACCEPTED,
    /** The caller knows that the operation succeeded: that must stay true. */
    ENDED;

    /** One write call, so that it is one line of the record. */
    void say() {
        System.out.println(name());
        System.out.flush();
    }
}
