// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A channel made of two files: a route of the operator's own, and a few lines of configuration. */
final class OwnRouteTest {
    @TempDir
    private Path folder;

    @Test
    void droppedFileBecomesAMessageAndTheAnswerAFile() throws Exception {
        try (OperatorHome home = OperatorHome.start(folder, """
                - route:
                    from:
                      uri: file:HOME/in?delay=50
                      steps:
                        - to: intake:faxes
                - route:
                    from:
                      uri: direct:faxes-out
                      steps:
                        - to: file:HOME/out?fileName=answer.json
                """)) {
            home.drop("in/1.json", "{\"id\": \"1\", \"from\": \"ana\", \"text\": \"მოკითხვა\"}");
            TestGateway.await("the conversation", () -> !home.conversations().isEmpty());
            home.reply(home.conversations().get(0).id(), "გამარჯობა");
            TestGateway.await(
                    "the answer", () -> home.content("out/answer.json").contains("გამარჯობა"));
        }
    }
}
