// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.facts.Situation;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Yaml;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepliesTest {
    private static final String HOURS =
            "hours: {default: {zone: Europe/Berlin, week: {mon-fri: \"09:00-17:00\"}, holidays: [2026-12-25]}}";

    private static RuleBook saying(String replies) {
        return Book.of("rules: [{name: it, reply: r, team: sales, tags: new}]", replies, HOURS);
    }

    private static RuleBook template(String template) {
        return saying(
                "replies:\n  r: |\n    " + template.replace("\n", "\n    ") + "\nbusiness: {name: Example Ltd}\n");
    }

    private static SendReply reply(RuleBook book, Situation situation) {
        return book.decide(situation).replies().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "de     | -      | Deutsch",
                "de-AT  | -      | Deutsch",
                "DE_de  | -      | Deutsch",
                "pt     | -      | Brasil",
                "pt-BR  | -      | Brasil",
                "zh-Hant-TW | -  | 繁體",
                "fr     | de     | Deutsch",
                "-      | de     | Deutsch",
                "fr     | -      | Anybody",
                "-      | -      | Anybody",
                "''     | ???    | Anybody",
            })
    void picksTheLanguage(String conversation, String sender, String text) {
        RuleBook book =
                saying("replies:\n  r: {en: English, de: Deutsch, pt-BR: Brasil, zh-Hant: 繁體, default: Anybody}");
        assertThat(reply(book, A.message("x").speaking(conversation, sender).now())
                        .text())
                .isEqualTo(text);
    }

    @Test
    void fallsBackToTheFirstLanguage() {
        RuleBook book = saying("replies:\n  r: {ka: გამარჯობა, en: Hello}");
        SendReply reply = reply(book, A.message("x").speaking("fr", null).now());
        assertThat(reply.text()).isEqualTo("გამარჯობა");
        assertThat(reply.language()).isEqualTo("ka");
    }

    @Test
    void datesAreInTheHoursZoneAndTheRepliesLanguage() {
        RuleBook book = saying(
                "replies:\n  r:\n    en: \"{{ hours.nextOpen | date: '%A %H:%M' }}\"\n"
                        + "    de: \"{{ hours.nextOpen | date: '%A %H:%M' }} bis {{ hours.default.nextClose | date: '%H:%M' }}\"");
        A evening = A.message("x").at("2026-12-24T19:00:00Z");
        assertThat(reply(book, evening.now()).text()).isEqualTo("Monday 09:00");
        assertThat(reply(book, evening.speaking("de", null).now()).text()).isEqualTo("Montag 09:00 bis 17:00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "Hello {{ contact.name | default: 'there' }}!                  ~ Hello Ana!",
                "{{ business.name }}                                            ~ Example Ltd",
                "{{ message.text }} on {{ channel }}/{{ kind }}                 ~ hi on shop-whatsapp/whatsapp",
                "{{ conversation.team }} {{ conversation.priority }} {{ conversation.status }} ~ sales high open",
                "{{ conversation.tags | join: ', ' }}                           ~ old, new",
                "{{ conversation.assignee }} {{ conversation.attributes.order }}{{ conversation.attributes.none }} ~ mara late",
                "{{ conversation.createdAt | date: '%Y' }}                       ~ 1970",
                "{{ nobody.knows.this }}x{{ this }}                             ~ x",
                "{% if hours.open %}open{% else %}closed{% endif %}             ~ open",
                "{{ 'now' | date: '%Y-%m-%d %H:%M' }}                           ~ 2026-11-23 11:00",
                "{{ '2026-05-01' | date: '%d.%m.' }}                            ~ 01.05.",
                "{{ message.text | date: '%Y' }}                                ~ hi",
                "{{ 2 | times: 3 }}{{ message.text | plus: 1 }}                 ~ 61",
                "{% for tag in conversation.tags %}{{ tag }};{% endfor %}       ~ old;new;",
            })
    void fillsInVariables(String template, String text) {
        Situation situation = A.message("hi")
                .with("billing", Priority.HIGH, "old")
                .assigned("mara", Map.of("order", "late"))
                .now();
        assertThat(reply(template(template.strip()), situation).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ contact.name }}",
                "{% raw %}",
                "{%- include 'x' -%}",
                "{{ 'a' | append: 'b' }}",
                "${jndi:ldap://evil/a}",
                "${7*7} #{7*7} <%= 7*7 %>",
                "{{ business.name",
                "}} {% endif %}",
                "$1 \\1 \\0",
                "Robert'); DROP TABLE contact;--",
                "<script>alert(1)</script>",
                "%n%s%x",
                "{{{{contact.name}}}}",
                "ანა 👩‍💻 أنا",
            })
    void whatTheCustomerWroteComesOutLiterally(String hostile) {
        RuleBook book = template(
                "{{ contact.name }}|{{ message.text }}|{{ message.text | replace: 'zz', contact.name }}"
                        + "{% assign copy = message.text %}|{{ copy }}{% capture more %}{{ copy }}{% endcapture %}|{{ more }}");
        SendReply reply = reply(book, A.message(hostile).named(hostile).now());
        assertThat(reply.suppressed()).isNull();
        assertThat(reply.text()).isEqualTo(String.join("|", hostile, hostile, hostile, hostile, hostile));
    }

    @Test
    void aNameIsOneShortLine() {
        String spam = "Ana\n\nYour account is blocked.\r\nVisit " + "http://evil.example/".repeat(20);
        SendReply reply = reply(
                template("Hello {{ contact.name }}"), A.message("x").named(spam).now());
        assertThat(reply.text()).doesNotContain("\n", "\r").hasSizeLessThanOrEqualTo("Hello ".length() + 80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{{ nothing }}                                        ~ it came out empty",
                "{{ message.text | divided_by: 0 }}                   ~ its template failed",
                "{% for i in (1..100000) %}x{% endfor %}              ~ more than 1000 rounds of a loop",
                "{% assign x = 'ab' %}{% for i in (1..40) %}{% assign x = x | append: x %}{% endfor %}{{ x }} ~ its template failed: a value of more than 20000 characters",
                "{% for i in (1..900) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }}{% endfor %} ~ more than 10000 characters",
                "{% assign x = 9 %}{% for i in (1..40) %}{% assign x = x | times: 1.5 | times: x %}{% endfor %}{{ x }} ~ its template failed",
            })
    void aReplyThatDoesNotComeOutIsSuppressedWithTheReason(String template, String reason) {
        Book book = Book.read(
                "rules: [{name: it, reply: r}]",
                "replies:\n  r: |\n    {% if channel %}" + template + "{% endif %}",
                "");
        Decision decision = book.rules.decide(A.message("1").now());
        assertThat(decision.replies()).singleElement().satisfies(reply -> {
            assertThat(reply.text()).isEmpty();
            assertThat(reply.suppressed()).contains(reason);
        });
        assertThat(decision.rules().get(0).actions()).anyMatch(action -> action.contains("is suppressed: "));
    }

    @Test
    void hostileNumbersAreNotReckonedWith() {
        RuleBook book = template("{{ message.text | plus: 1 }};{{ message.text | times: 2 }}");
        for (String number : List.of("1e999999999", "-1E-999999999", "9".repeat(4_000), "0x1p999999", "NaN")) {
            assertThat(reply(book, A.message(number).now()).text()).isEqualTo("1;0");
        }
    }

    @Test
    void failuresDoNotQuoteTheCustomer() {
        RuleBook book = template("{% if message.text == 'x' %}a{% endif %}{{ 'a' | truncate: message.text }}");
        String said = String.valueOf(reply(book, A.message("my secret").now()).suppressed());
        assertThat(said).doesNotContain("secret");
    }

    @Test
    void twoThreadsDoNotMixUpTwoCustomers() throws Exception {
        // a liqp template holds the values of the rendering under way: the second must wait for the first
        Node node = Yaml.read("replies.yaml", "Hello {{ contact.name }}!", new Problems())
                .orElseThrow();
        Template template = new Liquid(ZoneOffset.UTC, new Problems())
                .parse(node, Locale.ENGLISH)
                .orElseThrow();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> texts = new CopyOnWriteArrayList<>();
        Thread first = new Thread(() -> texts.add(
                template.render(Map.of("contact", slow("Ana", inside, release))).text()));
        Thread second = new Thread(() -> texts.add(
                template.render(Map.of("contact", Map.of("name", "Bo"))).text()));
        first.start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        second.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (second.getState() != Thread.State.BLOCKED && second.isAlive() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(second.getState()).isEqualTo(Thread.State.BLOCKED);
        release.countDown();
        first.join(20_000);
        second.join(20_000);
        assertThat(texts).containsExactlyInAnyOrder("Hello Ana!", "Hello Bo!");
    }

    /** A contact whose name is not told before {@code release}. */
    private static Map<String, Object> slow(String name, CountDownLatch inside, CountDownLatch release) {
        return new AbstractMap<>() {
            @Override
            public Object get(Object key) {
                inside.countDown();
                try {
                    assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return name;
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                return Map.<String, Object>of("name", name).entrySet();
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{en: \"{{ contact.name\"}            ~ replies.yaml:2:",
                "{en: \"{% if x %}a\"}                ~ replies.yaml:2:",
                "{en: \"{{ x | shout }}\"}            ~ no filter available named",
                "{en: \"{% include 'secret' %}\"}     ~ does not render",
                "{en: \"{% render 'secret' %}\"}      ~ is not a Liquid template",
                "{en: \"\"}                           ~ is blank",
                "{english: Hello}                     ~ which is no language tag",
                "{qq: Hello}                          ~ which is no language tag",
                "{}                                   ~ has no text",
                "[a]                                  ~ must be a map",
            })
    void whatIsNoReplyIsAProblem(String reply, String problem) {
        assertThat(Book.read("", "replies:\n  r: " + reply.strip(), "").problems)
                .isNotEmpty()
                .anyMatch(each -> each.startsWith("replies.yaml:2:") && each.contains(problem));
    }

    @Test
    void aTemplatesMistakeHasItsPlace() {
        Book book = Book.read("", "replies:\n  r:\n    en: |\n      Hello,\n      {% iff %}\n", "");
        assertThat(book.problems).singleElement().asString().startsWith("replies.yaml:5:");
    }
}
