package rebuild;

/** More changed than the code of methods. Nothing was exchanged. */
final class WholeBuildNeeded extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason what changed, as a part of a sentence for the person who waits */
    WholeBuildNeeded(String reason) {
        super(reason);
    }
}
