package io.vyra.modulemanager.zenoh.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be asked under {@code {id}/api/}, by the first part of what follows. Thread-safe. */
final class ApiCatalog implements Branch {
    private final Map<String, Branch> branches = new TreeMap<>();

    ApiCatalog(ApiGround ground) {
        Permissions permissions = new Permissions(ground.manager());
        ModuleBranch modules = new ModuleBranch(
                ground.manager(),
                permissions,
                new ModuleTalk(ground.manager(), permissions, ground.modules(), ground.parameters(), ground.clock()),
                ground.clock());
        PackageBranch packages = new PackageBranch(ground.manager(), ground.catalog());
        ManagerBranch manager = new ManagerBranch(ground);
        branches.put("modules", modules);
        branches.put("stats", modules);
        branches.put("retention", modules);
        branches.put("operations", new OperationBranch(ground.manager(), permissions));
        branches.put("install", packages);
        branches.put("plans", packages);
        branches.put("catalog", packages);
        branches.put("repositories", new RepositoryBranch(ground.repositories(), ground.refresher()));
        branches.put("feeds", manager);
        branches.put("system", manager);
        branches.put("bus", manager);
        branches.put("users", manager);
        branches.put("problems", manager);
    }

    @Override
    public JsonNode answer(List<String> path, Request request) {
        Branch branch = branches.get(path.getFirst());
        if (branch == null) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "There is nothing at api/" + String.join("/", path) + ". There are api/"
                            + String.join(", api/", branches.keySet()) + ".");
        }
        return branch.answer(path, request);
    }

    /** Nothing of a branch is at this path. */
    static ProblemException nothingAt(List<String> path) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "There is nothing at api/" + String.join("/", path) + ". docs/zenoh.md lists what can be asked.");
    }
}
