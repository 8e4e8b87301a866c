// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.app.approval.ApprovalService;
import io.dragoman.app.approval.ApprovalService.Result;
import io.dragoman.app.audit.Actor;
import io.dragoman.config.GatewaySettings;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A decision on an answer that waits for approval. */
abstract class ApprovalDecision implements Callable<Integer> {
    private static final byte[] NOTHING = {'{', '}'};

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ApprovalsCommand parent;

    @Parameters(index = "0", paramLabel = "ID", description = "The answer's id, as the list shows it.")
    private String id = "";

    /** The last step of the address. */
    abstract String verb();

    abstract Result act(ApprovalService approvals, String id, Actor actor);

    /** What is said when it is done. */
    abstract String done(String id);

    @Override
    public Integer call() throws InterruptedException {
        Dragoman dragoman = parent.dragoman();
        GatewaySettings gateway = OfflineStore.gateway(dragoman);
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            return dragoman.failed("'" + id + "' is no id. ./dragoman approvals list shows them.");
        }
        try {
            Optional<AdminClient.Reply> reply =
                    new AdminClient(gateway).ask("/api/v1/approvals/" + id + "/" + verb(), NOTHING, Map.of());
            if (reply.isPresent()) {
                return reply.get().good()
                        ? said(dragoman)
                        : dragoman.failed(reply.get().title());
            }
        } catch (AdminClient.NoAnswer e) {
            return dragoman.failed(String.valueOf(e.getMessage()));
        }
        return OfflineStore.change(dragoman, gateway, commands -> {
            Result result = act(commands.approvals(), id, dragoman.actor());
            if (result instanceof Result.Done) {
                return said(dragoman);
            }
            return dragoman.failed(
                    result instanceof Result.Decided decided
                            ? decided.why()
                            : "No answer of the id " + id + " waits for approval, nor ever did.");
        });
    }

    private int said(Dragoman dragoman) {
        dragoman.out().println(done(id));
        dragoman.out().flush();
        return Dragoman.OK;
    }
}
