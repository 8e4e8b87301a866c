// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import io.dragoman.model.Hashes;
import io.dragoman.model.Role;
import io.dragoman.model.Words;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code token new}: makes a token that is shown once. */
@Command(
        name = "new",
        description = {
            "Make a token for somebody. It is shown this once and stored nowhere: the configuration has its hash.",
            "A viewer looks; an agent works with customers besides; an operator may do everything."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./dragoman token new --name anna --role agent",
            "  ./dragoman token new --name grafana --role viewer"
        })
final class TokenNew implements Callable<Integer> {
    private static final int BYTES = 32;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private TokenCommand group;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Whose it is; the audit log says so.")
    private String name = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role = Role.VIEWER;

    /** What {@code --json} prints. */
    private record Made(String name, Role role, String token, String hash) {
        @Override
        public String toString() {
            return "Made[" + name + "]";
        }
    }

    @Override
    public Integer call() {
        Dragoman dragoman = group.dragoman();
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}") || name.equals("admin")) {
            dragoman.err()
                    .println(
                            name.equals("admin")
                                    ? "admin is the owner of admin.token. Take another name."
                                    : "--name must be made of letters, digits and . _ @ -, at most 64.");
            dragoman.err().flush();
            return Dragoman.WRONG;
        }
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Made made = new Made(name, role, token, "sha256:" + Hashes.sha256Hex(token));
        if (dragoman.json()) {
            dragoman.print(made);
        } else {
            show(dragoman.out(), made);
        }
        return Dragoman.OK;
    }

    private static void show(PrintWriter out, Made made) {
        out.println("The token of " + made.name() + ", shown this once:");
        out.println();
        out.println("  " + made.token());
        out.println();
        out.println("Add to config/gateway.yaml:");
        out.println();
        out.println("  admin:");
        out.println("    tokens:");
        out.println("      " + made.name() + ": {role: " + Words.of(made.role()) + ", hash: \"" + made.hash() + "\"}");
        out.flush();
    }
}
