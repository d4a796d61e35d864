package io.vyra.modulemanager.container;

/** What happens in an operation at the moment at which the engine is killed. */
sealed interface LossTrigger {
    /**
     * The first command of this name that the engine is given by the operation.
     *
     * @param undoing only one that is given while the operation is undone counts
     */
    record Command(String name, boolean undoing) implements LossTrigger {}

    /** The new version is on trial: watched, or beside the old one. The engine is given no command. */
    record OnTrial() implements LossTrigger {}

    /** Nothing yet: the operation begins without an engine. */
    record Nothing() implements LossTrigger {}

    static LossTrigger at(String command) {
        return new Command(command, false);
    }

    static LossTrigger undoing(String command) {
        return new Command(command, true);
    }

    /** On which side of the engine's work a command is cut off. */
    enum Cut {
        /** The engine never hears of it. */
        BEFORE_OBEYING,
        /** It has got the first part of what it is to take in. */
        HALFWAY,
        /** It has done it, and nobody hears that. */
        AFTER_OBEYING
    }
}
