// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A port is one test's alone, whatever process it runs in. */
final class FreePortTest {
    /** The other process: takes a port, says which, and keeps it until its input ends. */
    public static void main(String[] args) throws IOException {
        System.out.println(FreePort.find());
        assertThat(System.in.read()).isNegative();
    }

    @Test
    void portShouldBeOfOneTestAlone() {
        assertThat(FreePort.take(FreePort.find())).isFalse();
    }

    @Test
    void portOnWhichSomebodyListensShouldNotBeGiven() throws Exception {
        int port = FreePort.find();
        try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.take(stranger.getLocalPort())).isFalse();
            assertThat(port).isLessThan(stranger.getLocalPort());
        }
    }

    @Test
    void portShouldBeOfOneProcessUntilThatEnds() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FreePortTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int port = Integer.parseInt(other.inputReader().readLine());
        assertThat(FreePort.take(port)).as("while it lives").isFalse();
        other.getOutputStream().close();
        assertThat(other.waitFor()).isZero();
        assertThat(FreePort.take(port)).as("when it has ended").isTrue();
    }
}
