// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.TenantHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tenants add}: a tenant's home folder to begin with, and that of the installation where it is the first. */
@Command(
        name = "add",
        description = {
            "Make a tenant's home folder, with a commented configuration like that of init.",
            "An installation that runs starts it within seconds; it is stopped at first, so that you can configure it:"
                    + " then ./dragoman tenants start NAME."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./dragoman tenants add my-shop", "  ./dragoman tenants start my-shop"})
final class TenantAdd implements Callable<Integer> {
    private static final String TOP = """
            # The ports that all tenants share. Everything else is each tenant's, in tenants/NAME/config: docs/tenants.md
            http:
              port: 8080
              # publicUrl: https://chat.example.com    a tenant is reached below it, at /t/NAME
              # maxTenantRate: 200                     requests a second that one tenant may get
            admin:
              port: 8081
            """;

    private static final String OWN = """
            # What is this tenant's own; its ports are in ../../config/gateway.yaml. docs/configuration.md has every setting.
            # store: {url: "postgresql://user@host:5432/name?currentSchema=%s", password: "${file:secrets/database}"}
            """;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private TenantsCommand parent;

    @Parameters(index = "0", paramLabel = "NAME", description = "The tenant's name; it is in its addresses.")
    private String name = "";

    @Override
    public Integer call() {
        Dragoman dragoman = parent.dragoman();
        if (!TenantHome.valid(name)) {
            dragoman.failed("'" + name + "' is no name of a tenant: it must have " + TenantHome.FORM + ".");
            return Dragoman.WRONG;
        }
        Path top = dragoman.top();
        Path home = TenantHome.home(top, name);
        if (Files.exists(home)) {
            return dragoman.failed("There is a tenant " + name + " already, and nothing was written: " + home);
        }
        if (!TenantHome.above(top) && Files.exists(top.resolve("config/channels.yaml"))) {
            return dragoman.failed(top + " is the home of a gateway that stands alone, and nothing was written. Make"
                    + " the tenants a home of their own: --home DIR. docs/tenants.md says how this one moves there.");
        }
        try {
            write(top, home);
        } catch (IOException e) {
            return dragoman.failed("The folder " + home + " cannot be written: " + e.getMessage());
        }
        dragoman.out()
                .println("Written: " + home + ". Configure it, then: ./dragoman check --tenant " + name
                        + " and ./dragoman tenants start " + name);
        dragoman.out().flush();
        return Dragoman.OK;
    }

    private void write(Path top, Path home) throws IOException {
        Path shared = top.resolve("config/gateway.yaml");
        if (!Files.exists(shared)) {
            Files.createDirectories(top.resolve("config"));
            Files.writeString(shared, TOP);
        }
        Map<Path, byte[]> files = new LinkedHashMap<>(Init.files(home));
        files.put(
                home.resolve("config/gateway.yaml"),
                OWN.formatted(name.replace('-', '_')).getBytes(StandardCharsets.UTF_8));
        files.remove(home.resolve(".env.sample")); // the environment is the process's: docs/tenants.md
        Files.createDirectories(home);
        Files.createFile(
                home.resolve(TenantHome.STOPPED)); // first, or a running installation would find it half written
        Init.write(home, files);
    }
}
