// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.FreePort;
import io.dragoman.connector.Side;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.YamlText;
import io.dragoman.simulator.desk.DeskSimulator;
import io.dragoman.simulator.mail.MailSimulator;
import io.dragoman.simulator.telegram.TelegramSimulator;
import io.dragoman.simulator.twilio.TwilioSimulator;
import io.dragoman.simulator.whatsapp.WhatsAppSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every provider and the helpdesk, simulated, and the home folder of a gateway that uses them. */
final class Providers implements AutoCloseable {
    final WhatsAppSimulator whatsapp = new WhatsAppSimulator(0);
    final TwilioSimulator twilio = new TwilioSimulator(0);
    final TelegramSimulator telegram = new TelegramSimulator(0);
    final MailSimulator mail = new MailSimulator(0, 0);
    final DeskSimulator desk = new DeskSimulator(FreePort.find());
    final Map<String, Simulator> channels = new LinkedHashMap<>();

    private final List<Integer> ports;
    private final URI url;

    /** For one gateway. */
    Providers(HttpSimulator.Courier courier) {
        this(courier, List.of(FreePort.find()));
    }

    /** @param ports where the gateways listen */
    Providers(HttpSimulator.Courier courier, List<Integer> ports) {
        this.ports = List.copyOf(ports);
        url = URI.create("http://127.0.0.1:" + ports.get(0));
        channels.put("wa", whatsapp);
        channels.put("sms", twilio);
        channels.put("tg", telegram);
        channels.put("mail", mail);
        List.of(whatsapp, twilio, telegram, desk).forEach(simulator -> simulator.courier(courier));
    }

    /** Writes the configurations of the gateways that stand between them. */
    void configure(Path home, String storeUrl) throws IOException {
        for (int i = 0; i < ports.size(); i++) {
            String shared = ports.size() == 1 ? "" : ", folder: \"" + home.resolve("shared") + "\"";
            configure(Fleet.home(home, i), ports.get(i), storeUrl + "\"" + shared);
        }
    }

    private void configure(Path home, int port, String store) throws IOException {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.writeString(config.resolve("gateway.yaml"), """
                http: {host: 127.0.0.1, port: %d, publicUrl: "%s", maxBody: 256 KB}
                admin: {port: 0}
                store: {url: "%s}
                desk: helpdesk
                mediaWait: 20s
                """.formatted(port, url, store));
        StringBuilder accounts = new StringBuilder("channels:\n");
        channels.forEach((id, simulator) -> {
            accounts.append(YamlText.account(id, simulator.kind(), simulator.settings()));
        });
        Files.writeString(config.resolve("channels.yaml"), accounts);
        Files.writeString(
                config.resolve("desks.yaml"), "desks:\n" + YamlText.account("helpdesk", "webhook", desk.settings()));
        Files.writeString(config.resolve("rules.yaml"), """
                guard: {perContact: 1000000, perConversation: 1000000, perMinute: 1000000}
                rules:
                  - name: Thanks
                    when: {text: {any: [%s]}}
                    reply: thanks
                """.formatted(Texts.PLEASE));
        Files.writeString(config.resolve("replies.yaml"), """
                replies:
                  thanks:
                    en: "auto {{ message.text }}"
                """);
    }

    /** Where a channel's or the desk's webhooks go. */
    URI callback(String id) {
        return url.resolve((id.equals("helpdesk") ? Side.DESK : Side.CHANNEL).path(id));
    }

    /** How a customer of a channel is called by its provider. */
    static String customer(String channel, int number) {
        return switch (channel) {
            case "wa" -> "+49152" + (1_000_000 + number);
            case "sms" -> "+1555" + (1_000_000 + number);
            case "mail" -> "customer" + number + "@mail.example";
            default -> "customer-" + number;
        };
    }

    @Override
    public void close() {
        channels.values().forEach(Simulator::close);
        desk.close();
    }
}
