// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tenants start}. */
@Command(
        name = "start",
        description = "Let a tenant run again that was stopped.",
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman tenants start my-shop")
final class TenantStart implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private TenantsCommand parent;

    @Parameters(index = "0", paramLabel = "NAME", description = "The tenant's name.")
    private String name = "";

    @Override
    public Integer call() {
        return parent.stop(name, false);
    }
}
