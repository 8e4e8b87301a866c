// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code resume}. */
@Command(
        name = "resume",
        description = "Resume a paused channel, desk or lane.",
        footerHeading = "%nExamples:%n",
        footer = "  ./dragoman resume helpdesk")
final class Resume implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dragoman dragoman;

    @Parameters(index = "0", paramLabel = "NAME", description = "A channel, a desk or a lane.")
    private String name = "";

    @Override
    public Integer call() throws InterruptedException {
        return Pause.act(dragoman, "resume", name, "");
    }
}
