// SPDX-License-Identifier: Apache-2.0
package io.dragoman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/examples/routes/ftp.camel.yaml}, with a real FTP server. */
final class FtpExampleTest {
    @Test
    void fileOfTheServerShouldBecomeAMessageAndTheAnswerAFileThere(@TempDir Path folder) throws Exception {
        Path files = folder.resolve("ftp");
        Files.createDirectories(files.resolve("in"));
        Listener listener = listener();
        FtpServer server = server(files, listener);
        server.start();
        try (Example example = Example.start(
                folder,
                "ftp",
                Map.of(
                        "FTP_SERVER", "127.0.0.1:" + listener.getPort(),
                        "FTP_USER", "dragoman",
                        "FTP_PASSWORD", "p+a&ss"))) {
            example.home.drop("ftp/in/1.json", Example.MESSAGE);
            example.converse(answer -> example.home.files("ftp/out").stream()
                    .anyMatch(name -> example.home.content("ftp/out/" + name).contains(answer)));
            TestGateway.await(
                    "the file's move", () -> example.home.files("ftp/in/done").contains("1.json"));
            assertThat(example.home.files("ftp/in")).isEmpty();
        } finally {
            server.stop();
        }
    }

    private static Listener listener() {
        ListenerFactory factory = new ListenerFactory();
        factory.setServerAddress("127.0.0.1");
        factory.setPort(0);
        return factory.createListener();
    }

    private static FtpServer server(Path files, Listener listener) throws Exception {
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener);
        BaseUser user = new BaseUser();
        user.setName("dragoman");
        user.setPassword("p+a&ss");
        user.setHomeDirectory(files.toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        return factory.createServer();
    }
}
