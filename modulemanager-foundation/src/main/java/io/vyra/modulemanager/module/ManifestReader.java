package io.vyra.modulemanager.module;

import io.vyra.modulemanager.problem.ProblemException;
import io.vyra.modulemanager.problem.ProblemType;
import io.vyra.modulemanager.yaml.YamlDocument;
import io.vyra.modulemanager.yaml.YamlFindings;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the {@code .module/} folder of an unpacked package.
 *
 * <p>{@code module_data.yaml} must be there, the other files may be missing or hold comments only. Values of a wrong type are always
 * refused; unknown keys are refused in {@code module_runtime.yaml} and warned about in VYRA's own files. Thread-safe.
 */
public final class ManifestReader {
    /** The folder of a package that describes it. */
    public static final String FOLDER = ".module";

    public static final String DATA_FILE = FOLDER + "/module_data.yaml";
    public static final String PARAMS_FILE = FOLDER + "/module_params.yaml";
    public static final String DEPENDENCIES_FILE = FOLDER + "/module_dependencies.yaml";
    public static final String RUNTIME_FILE = FOLDER + "/module_runtime.yaml";

    /** Largest file read, in bytes. */
    static final int MAX_FILE_BYTES = 1 << 20;

    /**
     * @param tree the package's root folder
     * @throws ProblemException {@link ProblemType#INVALID_MANIFEST} with one error for each wrong place
     */
    public ManifestReading read(Path tree) {
        YamlFindings findings = new YamlFindings();
        if (Files.exists(tree.resolve(FOLDER), LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(tree.resolve(FOLDER), LinkOption.NOFOLLOW_LINKS)) {
            findings.error(FOLDER, 0, "", "is not a folder");
            findings.throwIfAny(ProblemType.INVALID_MANIFEST);
        }
        Optional<ModuleDataFile> data =
                file(tree, DATA_FILE, findings).map(document -> ModuleDataFile.read(document.section(findings)));
        if (data.isEmpty() && !findings.hasErrors()) {
            findings.error(DATA_FILE, 0, "", "is missing; a package describes itself there");
        }
        ModuleParamsFile params = file(tree, PARAMS_FILE, findings)
                .map(document -> ModuleParamsFile.read(document.section(findings)))
                .orElse(ModuleParamsFile.DEFAULT);
        ModuleDependenciesFile needs = file(tree, DEPENDENCIES_FILE, findings)
                .map(document -> ModuleDependenciesFile.read(document.section(findings)))
                .orElse(ModuleDependenciesFile.NONE);
        Optional<ProcessSpec> process = file(tree, RUNTIME_FILE, findings)
                .flatMap(document -> ModuleRuntimeFile.read(document.section(findings)));
        findings.throwIfAny(ProblemType.INVALID_MANIFEST);
        return new ManifestReading(assemble(data.orElseThrow(), params, needs, process), findings.warnings());
    }

    private static Optional<YamlDocument> file(Path tree, String name, YamlFindings findings) {
        return YamlDocument.read(tree.resolve(name), name, MAX_FILE_BYTES, findings);
    }

    private static Manifest assemble(
            ModuleDataFile data, ModuleParamsFile params, ModuleDependenciesFile needs, Optional<ProcessSpec> process) {
        List<Manifest.Dependency> dependencies = new ArrayList<>(data.dependencies());
        dependencies.addAll(needs.services());
        return new Manifest(
                data.name().orElseThrow(),
                data.version().orElseThrow(),
                data.instanceId(),
                data.about(),
                params.permissions(),
                params.behavior(),
                params.resources(),
                needs.requirements(),
                DependencyReader.merge(dependencies),
                params.labels(),
                process);
    }
}
