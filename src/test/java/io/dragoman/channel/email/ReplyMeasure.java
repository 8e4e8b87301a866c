// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.channel.email.ProgramReplies.Reply;
import io.dragoman.connector.mail.TestAccount;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many replies of real mail programs, in all their languages, are shown as their writer wrote them, and whether a
 * word of theirs is ever cut. Prints a table; CONTRIBUTING.md says how to run it.
 */
public final class ReplyMeasure {
    private final Map<String, int[]> table = new TreeMap<>();
    private final Map<String, Set<String>> wrong = new TreeMap<>();
    private int cut;

    private ReplyMeasure() {}

    /** Arguments: a folder for the packages of mail programs, and {@code show} to see what is not right. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("name a folder, such as /tmp/catalogues, that may hold 500 MB");
        }
        boolean show = Arrays.asList(arguments).contains("show");
        ReplyMeasure measure = new ReplyMeasure();
        measure.run(ProgramReplies.of(Catalogues.in(Path.of(arguments[0]).toAbsolutePath())), show);
        measure.print("programs of Debian 12");
        ReplyMeasure remembered = new ReplyMeasure();
        remembered.run(HeldOutReplies.all(), show);
        remembered.print("other programs");
    }

    private void run(List<Reply> replies, boolean show) {
        for (Reply reply : replies) {
            String visible = visible(reply);
            boolean right = visible.equals(reply.answer());
            int[] counts = table.computeIfAbsent(reply.program(), program -> new int[2]);
            counts[0] += right ? 1 : 0;
            counts[1]++;
            boolean lost = !contains(visible, reply.answer());
            cut += lost ? 1 : 0;
            if (!right) {
                wrong.computeIfAbsent(reply.program(), program -> new TreeSet<>())
                        .add(reply.language());
            }
            if (lost || (show && !right)) {
                System.out.println((lost ? "=== CUT " : "=== ") + reply.program() + " " + reply.language() + "\n"
                        + reply.body().replaceAll("(?s)(do you want).*", "$1…") + "\n--- shown\n" + visible);
            }
        }
    }

    private void print(String title) {
        int right = table.values().stream().mapToInt(counts -> counts[0]).sum();
        int all = table.values().stream().mapToInt(counts -> counts[1]).sum();
        System.out.println("\n" + title);
        table.forEach((program, counts) -> System.out.printf(
                "%-40s %4d / %4d  %s%n", program, counts[0], counts[1], wrong.getOrDefault(program, Set.of())));
        System.out.printf("%-40s %4d / %4d, replies with a word of the writer's cut: %d%n", "all", right, all, cut);
    }

    /** Whether every word is still there, in its order. */
    private static boolean contains(String visible, String answer) {
        int at = 0;
        for (String word : answer.split("\\s+")) {
            int found = visible.indexOf(word, at);
            if (found < 0) {
                return false;
            }
            at = found + word.length();
        }
        return true;
    }

    static String visible(Reply reply) {
        String mail = "From: Ana Lovelace <ana@customer.example>\r\nTo: Example Shop <support@shop.example>\r\n"
                + "Subject: Re: Order 4711\r\nMIME-Version: 1.0\r\nIn-Reply-To: <sent@shop.example>\r\n"
                + "Content-Transfer-Encoding: 8bit\r\nContent-Type: text/" + (reply.html() ? "html" : "plain")
                + "; charset=utf-8\r\n\r\n" + reply.body().replace("\n", "\r\n");
        CustomerEvent.MessageReceived message = (CustomerEvent.MessageReceived)
                TestAccount.read(mail.getBytes(StandardCharsets.UTF_8)).get(0);
        return ((Part.Text) message.parts().get(0)).text();
    }
}
