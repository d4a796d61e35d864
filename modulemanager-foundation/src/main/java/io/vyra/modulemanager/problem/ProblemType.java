package io.vyra.modulemanager.problem;

import java.util.Locale;

/**
 * The catalogue of failures.
 *
 * <p>The constant's name in kebab case is the last segment of the problem's {@code type} URI ({@code /problems/…}) and of its
 * documentation page; {@link #code()} is the same text and is what clients switch on. Status codes follow RFC 9110.
 */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request could not be read", "Send a well-formed request; the detail names the place."),
    UNAUTHENTICATED(401, "Log in first", "Log in with POST /api/v1/auth/login and send the token."),
    FORBIDDEN(403, "Not allowed", "Ask an administrator for a role that may do this."),
    PASSWORD_CHANGE_REQUIRED(403, "The password must be changed first", "Change it with POST /api/v1/auth/password."),
    PERMISSION_DENIED_BY_MODULE(
            403,
            "The module's manifest does not permit this",
            "The module's author decides this in module_params.yaml."),
    NOT_FOUND(404, "Not found", "Check the address and the identifier."),
    MODULE_NOT_FOUND(404, "No such module", "List the installed modules with GET /api/v1/modules."),
    OPERATION_NOT_FOUND(404, "No such operation", "List the operations with GET /api/v1/operations."),
    REPOSITORY_NOT_FOUND(404, "No such repository", "List the repositories with GET /api/v1/repositories."),
    PACKAGE_NOT_FOUND(
            404, "No repository offers this package", "Look at GET /api/v1/catalog, or refresh the repositories."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "The Allow header lists what this address takes."),
    NOT_ACCEPTABLE(406, "No acceptable representation", "Ask for application/json."),
    AMBIGUOUS_MODULE(409, "More than one module has this name", "Use the full identifier {name}_{uuid}."),
    CONFLICT(409, "The request conflicts with the present state", "Read the present state and decide again."),
    MODULE_BUSY(409, "Another operation is working on this module", "Wait for it, or cancel it."),
    MODULE_NEEDED(409, "Other modules need this one", "Remove or stop the modules listed first."),
    ALREADY_INSTALLED(409, "Already installed", "Update the installed instance, or name another instance_id."),
    SUSPEND_NOT_SUPPORTED(409, "This module cannot be suspended", "Stop it instead."),
    NOTHING_TO_ROLL_BACK(409, "There is no earlier version to return to", "Install or update to a version instead."),
    PORT_TAKEN(409, "A port the module needs is taken", "Stop what holds the port, or change the manifest."),
    STALE_ETAG(412, "The module changed meanwhile", "Read it again and repeat the change with the new ETag."),
    BODY_TOO_LARGE(413, "The body is too large", "Send less; package files go to POST /api/v1/modules/upload."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "Unsupported content type", "Send application/json, or application/gzip for an upload."),
    INVALID_REQUEST(422, "The request is not valid", "Correct the fields listed under errors."),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request", "Use a new key for a new request."),
    INVALID_MANIFEST(422, "The module's manifest is not valid", "The module's author must correct the place named."),
    INVALID_PACKAGE(422, "The package is not acceptable", "Build the package again with ./mm pack."),
    CHECKSUM_MISMATCH(
            422,
            "The package is not what its index says",
            "Refresh the repository; if it stays, its publisher must repair it."),
    INVALID_INDEX(
            422, "The repository's index is not valid", "The repository's publisher must correct the place named."),
    UNSATISFIABLE_DEPENDENCY(
            422, "A dependency cannot be satisfied", "Add a repository that offers it, or choose another version."),
    CYCLIC_DEPENDENCY(422, "The dependencies form a cycle", "The modules' authors must break the cycle named."),
    UNSUPPORTED_PLATFORM(
            422, "The module does not run on this machine", "Choose a build for this architecture and system."),
    IF_MATCH_REQUIRED(428, "If-Match is required", "Read the module and send its ETag as If-Match."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Wait as long as Retry-After says."),
    INTERNAL_ERROR(
            500,
            "Something went wrong inside the module manager",
            "Report it with the trace_id and a diagnostics bundle."),
    START_FAILED(500, "The module did not start", "See the module's log and last_exit."),
    UPDATE_ROLLED_BACK(
            500, "The new version did not stay healthy", "The old version runs again; see the new version's evidence."),
    NOT_IMPLEMENTED(
            501,
            "Not available in this distribution",
            "This needs a bus, a bridge or containers, which this distribution does not have or which are switched off."),
    REPOSITORY_UNREACHABLE(
            502, "The repository did not answer properly", "Check its address, the network and its certificate."),
    MODULE_ANSWERED_WITH_ERROR(
            502, "The module answered with an error", "The detail is the module's own; see its log for more."),
    BUS_UNAVAILABLE(
            503, "The bus to the modules is not connected", "GET /api/v1/bus says why; it connects again by itself."),
    ROS_UNAVAILABLE(
            503, "The ROS 2 bridge is not connected", "GET /api/v1/ros/graph says why; it connects again by itself."),
    SHUTTING_DOWN(503, "The module manager is stopping", "Try again once it has started."),
    TIMED_OUT(504, "It took too long", "See the operation's steps for where the time went."),
    DISK_FULL(507, "Not enough space on the disk", "Free the space named, or shorten the retention.");

    private final int status;
    private final String title;
    private final String remedy;

    ProblemType(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** HTTP status code of RFC 9110 (507: RFC 4918, 428 and 429: RFC 6585). */
    public int status() {
        return status;
    }

    /** Short summary that is the same for every occurrence (RFC 9457, section 3.1.3). */
    public String title() {
        return title;
    }

    /** What the reader can do next, as one sentence. */
    public String remedy() {
        return remedy;
    }

    /** Stable machine-readable code, for example {@code stale-etag}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
