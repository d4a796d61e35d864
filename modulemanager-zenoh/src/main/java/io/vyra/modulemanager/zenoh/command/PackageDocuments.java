package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.catalog.CatalogEntry;
import io.vyra.modulemanager.catalog.Plan;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.catalog.RepositoryStatus;
import java.util.List;
import org.semver4j.Semver;

/** Plans, repositories and what they offer, as {@code openapi.yaml} has them. Thread-safe. */
final class PackageDocuments {
    private final Documents documents;

    PackageDocuments(Documents documents) {
        this.documents = documents;
    }

    ObjectNode plan(Plan plan) {
        ObjectNode body = documents.object().put("feasible", plan.isFeasible());
        ArrayNode steps = body.putArray("steps");
        plan.steps().forEach(step -> steps.add(step(step)));
        body.put("download_bytes", plan.downloadBytes())
                .put("disk_bytes", plan.diskBytes())
                .put("disk_free_bytes", plan.diskFreeBytes())
                .put("memory_bytes", plan.memoryBytes());
        ArrayNode ports = body.putArray("ports");
        plan.ports().forEach(ports::add);
        body.put("downtime", plan.downtime().toMillis() / 1000.0);
        ArrayNode blockers = body.putArray("blockers");
        plan.blockers().forEach(blocker -> blockers.add(documents.problem(blocker)));
        body.set("warnings", documents.texts(plan.warnings()));
        return body;
    }

    private ObjectNode step(Plan.PlannedModule planned) {
        CatalogEntry entry = planned.entry();
        ObjectNode body = documents
                .object()
                .put("module_id", planned.moduleId())
                .put("name", entry.name())
                .put("from_version", planned.fromVersion().orElse(null))
                .put("version", entry.version().toString())
                .put("repository", entry.repositoryId());
        putSize(body, entry);
        body.put("required_by", planned.requiredBy().orElse(null));
        body.set(
                "update_order",
                planned.order()
                        .<JsonNode>map(chosen -> documents
                                .object()
                                .put("order", chosen.order().wire())
                                .put("reason", chosen.reason()))
                        .orElseGet(NullNode::getInstance));
        return body;
    }

    private static void putSize(ObjectNode body, CatalogEntry entry) {
        body.put("size", entry.size().isPresent() ? (Long) entry.size().getAsLong() : null);
    }

    /** @param installed instances of the module that the reader may see */
    ObjectNode catalogItem(CatalogEntry entry, List<ModuleView> installed) {
        ObjectNode body = documents
                .object()
                .put("repository", entry.repositoryId())
                .put("name", entry.name())
                .put("version", entry.version().toString())
                .put("description", entry.description())
                .put("author", entry.author());
        body.set("blueprints", documents.texts(entry.blueprints()));
        body.put("icon", entry.icon().orElse(null));
        body.set("dependencies", documents.dependencies(entry.dependencies()));
        putSize(body, entry);
        body.put("checksum", entry.checksum().orElse(null));
        ArrayNode instances = body.putArray("installed");
        installed.forEach(module -> instances
                .addObject()
                .put("module_id", module.id())
                .put("version", module.version().orElse(null)));
        return body.put("update_available", installed.stream().anyMatch(module -> isOlder(module, entry.version())));
    }

    private static boolean isOlder(ModuleView module, Semver offered) {
        return module.version()
                .map(Semver::parse)
                .filter(present -> present.isLowerThan(offered))
                .isPresent();
    }

    /** Its key is never shown. */
    ObjectNode repository(Repository repository, RepositoryStatus status) {
        ObjectNode body = documents
                .object()
                .put("id", repository.id())
                .put("name", repository.name())
                .put("url", repository.url())
                .put("priority", repository.priority())
                .put("enabled", repository.enabled())
                .put("description", repository.description())
                .put("has_api_key", repository.apiKey().isPresent())
                .put("cert_fingerprint", repository.certFingerprint().orElse(null))
                .put("refreshed_at", status.lastSuccess().map(Object::toString).orElse(null))
                .put("attempted_at", status.lastAttempt().map(Object::toString).orElse(null))
                .put("entries", status.entries());
        body.set("warnings", documents.texts(status.warnings()));
        body.set("problem", status.problem().<JsonNode>map(documents::problem).orElse(null));
        return body;
    }
}
