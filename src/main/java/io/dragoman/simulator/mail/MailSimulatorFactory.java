// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import com.google.auto.service.AutoService;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ./dragoman simulate mail}. */
@AutoService(SimulatorFactory.class)
public final class MailSimulatorFactory implements SimulatorFactory {
    @Override
    public String kind() {
        return "mail";
    }

    @Override
    public String channel() {
        return "email";
    }

    @Override
    public String description() {
        return "A mail server, SMTP at the port and IMAP one above, with the mailbox of the business.";
    }

    /** Nobody is called back: the gateway looks into the mailbox. */
    @Override
    public Optional<URI> usualCallback() {
        return Optional.of(URI.create("mailto:" + MailSimulator.ADDRESS));
    }

    /** GreenMail is no part of the product. */
    @Override
    public Optional<String> missing() {
        try {
            Class.forName("com.icegreen.greenmail.util.GreenMail", false, MailSimulatorFactory.class.getClassLoader());
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.of("The mail server of the demo, GreenMail, is not in the class path. It is not part of the"
                    + " product: ./dragoman takes it from target/demo-lib, which mvn package makes; beside another"
                    + " installation, put greenmail-2.*.jar in the class path.");
        }
    }

    @Override
    public Simulator start(int port, @Nullable URI callback, Map<String, String> options) {
        return new MailSimulator(port, port == 0 ? 0 : port + 1);
    }
}
