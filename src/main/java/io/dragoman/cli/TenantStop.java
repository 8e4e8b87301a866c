// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tenants stop}. */
@Command(
        name = "stop",
        description = "Stop a tenant after what is under way, and keep it from running; its data stays.",
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman tenants stop my-shop")
final class TenantStop implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private TenantsCommand parent;

    @Parameters(index = "0", paramLabel = "NAME", description = "The tenant's name.")
    private String name = "";

    @Override
    public Integer call() {
        return parent.stop(name, true);
    }
}
