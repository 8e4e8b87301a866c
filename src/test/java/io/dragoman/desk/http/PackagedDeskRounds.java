// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The round trip of many conversations through a real helpdesk, which ends in the midst of it as by a power cut, and a
 * gateway that stops in the midst. It takes minutes, so it is asked for: {@code -Ddragoman.packagedDesks=500}.
 */
abstract class PackagedDeskRounds {
    private static final int CONVERSATIONS = Integer.getInteger("dragoman.packagedDesks", 0);
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    private Path home;

    private PackagedDesk desk;
    private DeskTalk talk;
    private Instant moved = Instant.now();

    /** Starts the helpdesk; skips the test where it is not installed. */
    abstract PackagedDesk helpdesk() throws Exception;

    /** The desk's account, as a line of YAML without its id. */
    abstract String account();

    /** Who wrote what in a ticket, in the helpdesk's order, each with the writer's name before it. */
    abstract List<String> written(String ticket) throws Exception;

    /** An agent answers. */
    abstract void answers(String ticket, String text) throws Exception;

    /** An agent writes what no customer may see. */
    abstract void notes(String ticket, String text) throws Exception;

    /** The address by which the helpdesk knows the customer. */
    private String address(int customer) {
        return talk.of(phone(customer)).contact() + "@customers.test";
    }

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(CONVERSATIONS > 0, "no -Ddragoman.packagedDesks=500");
        desk = helpdesk();
        talk = new DeskTalk(home, account());
    }

    @AfterEach
    void stop() throws Exception {
        if (talk != null) {
            talk.close();
        }
        if (desk != null) {
            desk.close();
        }
    }

    @Test
    void everyMessageShouldArriveOnceAndInOrder() throws Exception {
        Instant begun = Instant.now();
        allSay(1);
        talk.reference(phone(CONVERSATIONS / 2));
        desk.kill(); // in the midst of what waits
        allSay(2);
        desk.start();
        allHave(2);
        for (int customer = 0; customer < CONVERSATIONS; customer++) {
            notes(ticket(customer), "between us n" + customer);
            answers(ticket(customer), "answer a" + customer);
            if (customer == CONVERSATIONS / 2) {
                talk.stop();
                talk.start();
            }
        }
        for (int customer = 0; customer < CONVERSATIONS; customer++) {
            String phone = phone(customer);
            await("the answer to " + phone, () -> !talk.got(phone).isEmpty());
        }
        allSay(3);
        allHave(3);
        for (int customer = 0; customer < CONVERSATIONS; customer++) {
            verdict(customer);
        }
        assertThat(talk.dead()).isEmpty();
        System.out.println(CONVERSATIONS + " conversations in "
                + Duration.between(begun, Instant.now()).toSeconds() + " s: nothing lost, doubled or out of order");
    }

    /** In the helpdesk's own order, of which its ids and not its clock decide. */
    private void verdict(int customer) throws Exception {
        assertThat(texts(customer))
                .containsExactly(
                        "message 1 of m" + customer,
                        "message 2 of m" + customer,
                        "answer a" + customer,
                        "message 3 of m" + customer);
        assertThat(talk.got(phone(customer))).containsExactly("answer a" + customer);
        assertThat(desk.mails(address(customer))).isEmpty();
    }

    /** Without their writers and what agents wrote for each other. */
    private List<String> texts(int customer) throws Exception {
        List<String> texts = new ArrayList<>();
        for (String one : written(ticket(customer))) {
            int begin = Math.max(one.indexOf("message "), one.indexOf("answer "));
            if (begin >= 0) {
                texts.add(one.substring(begin).strip());
            }
        }
        return texts;
    }

    private void allSay(int number) throws Exception {
        for (int customer = 0; customer < CONVERSATIONS; customer++) {
            talk.says(phone(customer), "message " + number + " of m" + customer);
        }
    }

    private void allHave(int number) {
        settle();
        for (int customer = 0; customer < CONVERSATIONS; customer++) {
            int one = customer;
            String message = "message " + number + " of m" + customer;
            await(
                    message,
                    () -> talk.of(phone(one)).deskReference() != null
                            && texts(one).contains(message));
        }
    }

    private String ticket(int customer) {
        return talk.reference(phone(customer));
    }

    private static String phone(int customer) {
        return "+49155" + (50_000 + customer);
    }

    /** Waits for the gateway alone, as long as it gets on: who asks the helpdesk too slows it. */
    private void settle() {
        for (long open = talk.open(); open > 0; open = talk.open()) {
            long before = open;
            await(open + " deliveries", () -> talk.open() < before);
        }
    }

    /** Where nothing moves, the time passes after which what failed is tried again. */
    private void await(String what, DeskTalk.Condition condition) {
        DeskTalk.await(what, () -> {
            if (condition.holds()) {
                moved = Instant.now();
                return true;
            }
            if (Duration.between(moved, Instant.now()).compareTo(WAIT) > 0) {
                moved = Instant.now();
                talk.later();
            }
            return false;
        });
    }
}
