// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.config.TenantHome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Which home folder a command is for, where there may be tenants. */
final class TenantChoice {
    private TenantChoice() {}

    /**
     * The home folder of the tenant that is named, or the one above them where none is.
     *
     * @throws CommandLine.ParameterException where there is no such tenant
     */
    static Path place(Path top, @Nullable String name, CommandSpec spec) {
        if (name == null) {
            return top;
        }
        if (TenantHome.valid(name) && Files.isDirectory(TenantHome.home(top, name))) {
            return TenantHome.home(top, name);
        }
        String known = TenantHome.above(top) ? String.join(", ", TenantHome.names(top)) : "";
        throw wrong(
                spec,
                "There is no tenant " + name + " in " + top + ". "
                        + (known.isEmpty() ? "There are none: " + TenantsCommand.adding() : "Known: " + known + "."));
    }

    /**
     * The same folder, which must be that of one gateway.
     *
     * @throws CommandLine.ParameterException where there are tenants in it
     */
    static Path one(Path place, CommandSpec spec) {
        if (TenantHome.above(place)) {
            throw wrong(
                    spec,
                    "There are tenants in " + place + ", and it is not said which is meant. Add --tenant NAME: "
                            + String.join(", ", TenantHome.names(place)) + ".");
        }
        return place;
    }

    private static CommandLine.ParameterException wrong(CommandSpec spec, String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }
}
