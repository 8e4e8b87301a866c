// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The load's process. Arguments: port and path to post to, the secret to sign with, how many clients and customers, the
 * port of the desk (0 for none) and how many messages may be between here and there. It says {@code ready}, then for
 * each line {@code <seconds> <rate> <messages>} of its input it sends, and prints what came of it.
 */
public final class LoadMain {
    /** So many messages are signed before the start: the machine's code for it is compiled then. */
    private static final int WARM_UP = 20_000;

    private LoadMain() {}

    /** Runs until its input ends. */
    public static void main(String[] args) throws IOException {
        InetSocketAddress server = local(Integer.parseInt(args[0]));
        int clients = Integer.parseInt(args[3]);
        int customers = Integer.parseInt(args[4]);
        int desk = Integer.parseInt(args[5]);
        LongSupplier seen = desk == 0 ? () -> 0 : SeenGauge.start(local(desk));
        long outstanding = desk == 0 ? Long.MAX_VALUE : Long.parseLong(args[6]);
        warmUp(new Webhook("localhost", args[1], args[2]));
        try (Selector selector = Selector.open();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            List<Client> all = IntStream.range(0, clients)
                    .mapToObj(first -> new Client(
                            server,
                            selector,
                            new Webhook("127.0.0.1:" + args[0], args[1], args[2]),
                            first,
                            clients,
                            customers))
                    .toList();
            Load load = new Load(selector, all, seen, outstanding);
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                System.out.println(
                        load.run(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Long.parseLong(words[2])));
            }
        }
    }

    private static void warmUp(Webhook webhook) {
        for (int i = 0; i < WARM_UP; i++) {
            webhook.message(i, i, i);
        }
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
