package io.vyra.modulemanager.api.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vyra.modulemanager.Caller;
import io.vyra.modulemanager.LogLine;
import io.vyra.modulemanager.ModuleManager;
import io.vyra.modulemanager.ModuleView;
import io.vyra.modulemanager.api.module.ModuleBody;
import io.vyra.modulemanager.api.operation.OperationBody;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a bug report needs, in one zip file: figures, modules with their explanations and last log lines, operations. It is made of what
 * the API shows anyway, which holds no secret of the manager's; what modules write to their logs is up to them.
 */
@Singleton
public class Diagnostics {
    private static final int OPERATIONS = 200;
    private static final int LOG_LINES = 200;

    private final SystemStatus status;
    private final ModuleManager manager;
    private final ObjectMapper json;

    public Diagnostics(SystemStatus status, ModuleManager manager, ObjectMapper json) {
        this.status = status;
        this.manager = manager;
        this.json = json;
    }

    byte[] bundle(Caller caller) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "system.json", status.read(caller));
            add(zip, "environment.json", environment());
            add(zip, "operations.json", operations(caller));
            for (ModuleView module : manager.modules(caller)) {
                String folder = "modules/" + module.id() + "/";
                add(zip, folder + "module.json", ModuleBody.of(module));
                add(zip, folder + "history.json", manager.history(module.id(), 100, caller));
                List<LogLine> lines = manager.logs(module.id(), LOG_LINES, caller);
                add(zip, folder + "log.json", lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The diagnostics bundle could not be made", e);
        }
        return bytes.toByteArray();
    }

    private List<OperationBody> operations(Caller caller) {
        return manager
                .operations(new ModuleManager.OperationFilter(Optional.empty(), Optional.empty(), OPERATIONS), caller)
                .stream()
                .map(operation -> OperationBody.of(operation, ""))
                .toList();
    }

    /** Named one by one: neither the environment nor the system properties as a whole are free of secrets. */
    private static TreeMap<String, String> environment() {
        TreeMap<String, String> known = new TreeMap<>();
        for (String name :
                List.of("os.name", "os.arch", "os.version", "java.version", "java.vendor", "file.encoding")) {
            known.put(name, System.getProperty(name, ""));
        }
        return known;
    }

    private void add(ZipOutputStream zip, String name, Object content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        zip.closeEntry();
    }
}
