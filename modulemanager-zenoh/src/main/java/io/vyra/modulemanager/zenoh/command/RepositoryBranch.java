package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.access.Role;
import io.vyra.modulemanager.catalog.Repository;
import io.vyra.modulemanager.catalog.RepositoryRefresher;
import io.vyra.modulemanager.catalog.RepositoryStatus;
import io.vyra.modulemanager.catalog.RepositoryStore;
import io.vyra.modulemanager.problem.ProblemException;
import java.util.List;

/** Sources of packages: {@code api/repositories}. They are set up over REST, because their keys must not travel in messages. Thread-safe. */
final class RepositoryBranch implements Branch {
    private final RepositoryStore store;
    private final RepositoryRefresher refresher;
    private final Documents documents = new Documents();
    private final PackageDocuments packages = new PackageDocuments(documents);

    RepositoryBranch(RepositoryStore store, RepositoryRefresher refresher) {
        this.store = store;
        this.refresher = refresher;
    }

    @Override
    public JsonNode answer(List<String> path, Request request) {
        Permissions.requireNoModule(request);
        return switch (path.size()) {
            case 1 -> {
                request.refuseUnknown();
                yield documents.list(store.list().stream().map(this::document).toList());
            }
            case 2 -> {
                request.refuseUnknown();
                yield document(store.get(path.get(1)));
            }
            case 3 -> {
                if (!path.get(2).equals("refresh")) {
                    throw ApiCatalog.nothingAt(path);
                }
                yield refresh(path.get(1), request);
            }
            default -> throw ApiCatalog.nothingAt(path);
        };
    }

    private JsonNode refresh(String id, Request request) {
        Permissions.require(Role.DEVELOPER, request);
        request.refuseUnknown();
        RepositoryStatus status = refresher.refresh(id);
        if (status.problem().isPresent()) {
            throw new ProblemException(status.problem().get());
        }
        return document(store.get(id));
    }

    private JsonNode document(Repository repository) {
        return packages.repository(repository, refresher.status(repository.id()));
    }
}
