// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.fault.Witness.What;
import io.dragoman.simulator.mail.MailSimulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Customers who write as fast as they are taken, each the next text only when the last one was. */
final class Customers {
    private static final Map<String, Integer> THREADS = Map.of("wa", 6, "sms", 5, "tg", 5, "mail", 1);
    private static final int CUSTOMERS_OF_A_THREAD = 6;
    private static final byte[] PICTURE = "not really a picture, but bytes".getBytes(StandardCharsets.UTF_8);
    /** A mail is a connection of its own at both ends: fewer of them keep the load on the gateway. */
    private static final long MAIL_PAUSE_NANOS = 250_000_000;

    /** Mails that the mail server took. */
    final AtomicLong mails = new AtomicLong();

    private final Providers providers;
    private final Witness record;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    Customers(Providers providers, Witness record, long seed) {
        this.providers = providers;
        this.record = record;
        THREADS.forEach((channel, count) -> {
            for (int i = 0; i < count; i++) {
                int first = i * CUSTOMERS_OF_A_THREAD;
                Random random = new Random(seed + channel.hashCode() + i);
                Thread thread = new Thread(() -> write(channel, first, random), "customers-" + channel + i);
                thread.setDaemon(true);
                threads.add(thread);
            }
        });
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void write(String channel, int first, Random random) {
        int[] next = new int[CUSTOMERS_OF_A_THREAD];
        String[] threadIds = new String[CUSTOMERS_OF_A_THREAD];
        while (!stopping) {
            int one = random.nextInt(CUSTOMERS_OF_A_THREAD);
            String customer = Providers.customer(channel, first + one);
            String text = Texts.write(channel, first + one, next[one]);
            record.write(What.POSTED, channel, customer, "", text);
            boolean sent = channel.equals("mail")
                    ? mail(customer, text, threadIds, one)
                    : webhook(channel, customer, text, next[one]);
            if (sent) {
                record.write(What.TAKEN, channel, customer, "", text);
                next[one]++;
            }
        }
    }

    private boolean webhook(String channel, String customer, String text, int number) {
        URI callback = providers.callback(channel);
        int status;
        if (!Texts.hasPicture(channel, number)) {
            status = providers.channels.get(channel).customerWrites(callback, customer, text);
        } else if (channel.equals("wa")) {
            status = providers.whatsapp.customerSends(callback, customer, PICTURE, "image/jpeg", text);
        } else {
            status = providers.telegram.customerSendsPhoto(callback, customer, PICTURE, text);
        }
        return status / 100 == 2;
    }

    /** All mails of a customer are one thread of mails. */
    private boolean mail(String customer, String text, String[] threadIds, int one) {
        Map<String, String> headers =
                threadIds[one] == null ? Map.of() : Map.of("In-Reply-To", threadIds[one], "References", threadIds[one]);
        String id = providers.mail.writes(customer, MailSimulator.ADDRESS, "A question", text, headers);
        mails.incrementAndGet();
        threadIds[one] = threadIds[one] == null ? id : threadIds[one];
        LockSupport.parkNanos(MAIL_PAUSE_NANOS);
        return true;
    }

    /** Ends when each has had its last text taken. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
