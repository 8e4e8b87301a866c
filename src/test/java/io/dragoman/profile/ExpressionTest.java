// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression may do, and that it comes to an end. */
final class ExpressionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "($f := function($n) { $f($n + 1) }; $f(1))",
                "($f := function($n) { 1 + $f($n + 1) }; $f(1))",
                "($f := function($s) { $f($s & $s) }; $f('x'))",
                "$sum([1..9999999])",
                "$map([1..40000], function($a) { $map([1..40000], function($b) { $a * $b }) })",
                "$pad('x', 2000000000) & $reduce([1..5000], function($a, $b) { $string($a) & 'xxxxxxxxxxxxxxxx' })"
                        + " & $reduce([1..30], function($a, $b) { $string($a) & $string($a) })",
            })
    void shouldEndWhateverItDoes(String source) throws Exception {
        Expression expression = Expression.parse(source, "profile acme: send.text.json");
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThatThrownBy(() -> expression.evaluate(Map.of(), Map.of()))
                        .isInstanceOf(ExpressionFailed.class)
                        .hasMessageStartingWith("profile acme: send.text.json was given up: "));
    }

    @Test
    void aNestOfOperatorsShouldFailAndNotThrow() throws Exception {
        Expression deep = Expression.parse("1" + " & 1".repeat(300), "place");
        assertThat(deep.text(null, Map.of())).hasSize(301);
        String deeper = "(".repeat(3_000) + "1" + ")".repeat(3_000);
        assertThatThrownBy(() -> Expression.parse(deeper, "place").evaluate(null, Map.of()))
                .isInstanceOfAny(Expression.Invalid.class, ExpressionFailed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$contains(text, /(a+)+$/)             | 16 | regular expression",
                "text ~> /x/                           | 8  | regular expression",
                "$lowcase(text)                        | 0  | Did you mean $lowercase(…)?",
                "$eval(text)                           | 0  | calls what is no function here",
                "$now()                                | 0  | calls what is no function here",
                "$toMillis('1790000000')               | 0  | calls what is no function here",
                "$nothing & 'x'                        | 0  | no function or variable here",
                "$text('x')                            | 0  | calls what is no function here",
                "payload.text('x')                     | 8  | calls what is no function here",
                "$map(list, function($f) { $f(1) })    | 26 | calls what is no function here",
                "$substrng(text, 1)                    | 0  | Did you mean $substring(…)?",
                "{'a': [1, }                           | 10 | is not JSONata",
            })
    void whatCannotBeBoundedOrIsNotThereShouldBeFoundWhenLoaded(String source, int position, String message) {
        assertThatThrownBy(() -> Expression.parse(source.strip(), "place"))
                .isInstanceOfSatisfying(Expression.Invalid.class, invalid -> assertThat(invalid.position())
                        .isBetween(position - 1, position + 1))
                .hasMessageContaining(message.strip());
    }

    @Test
    void quotedSlashesAndDivisionsShouldBeNoRegularExpressions() throws Exception {
        assertThat(value("total / 2")).isEqualTo(21);
        assertThat(value("$count([1, 2]) / 2")).isEqualTo(1);
        assertThat(value("'a/b' & \"/c\" & $text")).isEqualTo("a/b/c!");
        assertThat(value("(/* a / b */ `a/b`)")).isEqualTo("slash");
    }

    /** The library turns equals round, and may end with an exception where a list of 32 and more has some. */
    @Test
    void sortShouldKeepTheOrderOfEquals() throws Exception {
        String three = "[{'n':'a','at':2},{'n':'b','at':1},{'n':'c','at':2},{'n':'d','at':1}]";
        assertThat(value("$join($sort(" + three + ", function($l, $r) { $l.at > $r.at }).n)"))
                .isEqualTo("bdac");
        assertThat(value("$join($sort(" + three + ", function($l, $r) { $l.at < $r.at }).n)"))
                .isEqualTo("acbd");
        assertThat(value("$join(" + three + "^(at).n)")).isEqualTo("bdac");
        String many = "[0..999].{'n': $, 'at': $ % 3}";
        assertThat(value("$join($sort(" + many + ", function($l, $r) { $l.at > $r.at }).$string(n), ' ')"))
                .isEqualTo(value("$join((" + many + ")^(at).$string(n), ' ')"));
        assertThat(value("$sort([3, 1, 2])")).isEqualTo(List.of(1, 2, 3));
        assertThat(value("$sort(['b', 'B', 'a'])[0]")).isEqualTo("B");
        assertThat(value("$sort(7)")).isEqualTo(List.of(7));
        assertThat(value("$sort(nothing)")).isNull();
        assertThatThrownBy(() -> value("$sort([{'a': 1}, {'a': 2}])")).isInstanceOf(ExpressionFailed.class);
    }

    @Test
    void plusShouldStayPlusWhereNoFormIsDecoded() throws Exception {
        assertThat(value("$decodeUrlComponent('%2B49+1%20%D0%AF')")).isEqualTo("+49+1 Я");
        assertThat(value("$decodeUrlComponent('%F0%9F%91%8D 👍 Я %')")).isEqualTo("👍 👍 Я %");
        assertThat(value("$decodeUrl('a+b%20c%2Fd')")).isEqualTo("a+b c%2Fd");
        assertThat(value("$encodeUrlComponent('+49 1')")).isEqualTo("%2B49%201");
    }

    @Test
    void numbersBeyondTheExactShouldStayWhatTheyAre() {
        Object read = Documents.json("{\"id\":9007199254740993,\"small\":42,\"half\":1.5,\"nothing\":null}");
        assertThat(read).isEqualTo(Map.of("id", "9007199254740993", "small", 42L, "half", 1.5));
    }

    @Test
    void ourFunctionsShouldDoAsTheirPageSays() throws Exception {
        assertThat(value("$digits('+49 (155) 50-101')")).isEqualTo("4915550101");
        assertThat(value("$substring('a👍🏽b', 1, 1)")).isEqualTo("👍");
        assertThat(value("$capture('Success \"id-1\"', '\"([^\"]+)\"')")).isEqualTo("id-1");
        assertThat(value("$matches('STOP', '(?i)stop')")).isEqualTo(true);
        assertThat(value("$matches('СТОП', '(?i)стоп')")).isEqualTo(true);
        assertThat(value("$json('{\"a\":[1]}').a[0]")).isEqualTo(1L);
        assertThat(value("$ucs2Hex('Zoë')")).isEqualTo("005A006F00EB");
        assertThat(value("$hexText('005A006F00EB', 'UTF-16BE')")).isEqualTo("Zoë");
        assertThat(value("$decodePercent('%00Z%00o%00%EB', 'UTF-16BE')")).isEqualTo("Zoë");
        assertThat(value("$base64url('a?>b')")).isEqualTo("YT8-Yg");
        assertThat(value("$hash('abc', 'md5')")).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(value("$hash('abc')")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        // RFC 4231, test case 2
        assertThat(value("$hmac('what do ya want for nothing?', 'Jefe')"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assertThat(value("$time('2026-11-2118:00:00', 'yyyy-MM-ddHH:mm:ss', 'Asia/Kuala_Lumpur')"))
                .isEqualTo("2026-11-21T10:00:00Z");
        assertThat(value("$date('2026-11-21T10:00:00Z', 'yyyyMMddHHmm', 'Europe/Berlin')"))
                .isEqualTo("202611211100");
        assertThat(value("$isGsm('3 €')")).isEqualTo(true);
        assertThat(value("$isGsm('Ж')")).isEqualTo(false);
        assertThat(value("$first(nothing, '', ' ', 'x')")).isEqualTo("x");
        assertThat(value("$digits(nothing)")).isNull();
    }

    @Test
    void failureShouldQuoteNothing() throws Exception {
        Expression expression = Expression.parse("$number(secret)", "profile acme: send.text.json");
        assertThatThrownBy(() -> expression.evaluate(Map.of("secret", "the-content"), Map.of()))
                .isInstanceOf(ExpressionFailed.class)
                .hasMessageStartingWith("profile acme: send.text.json failed")
                .hasMessageNotContaining("the-content");
    }

    @Test
    void xmlShouldBecomeMaps() {
        String xml = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                + "<message id='7'><service type=\"sms\">&e;</service><to>1</to><to>2</to><body>A &amp; B</body></message>";
        assertThat(XmlDocument.read(xml.getBytes(StandardCharsets.UTF_8))).hasValueSatisfying(read -> assertThat(read)
                .isEqualTo(Map.of(
                        "message",
                        Map.of(
                                "@id",
                                "7",
                                "service",
                                Map.of("@type", "sms", "text", "&e;"),
                                "to",
                                List.of("1", "2"),
                                "body",
                                "A & B"))));
        assertThat(XmlDocument.read("<a>".repeat(5_000).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(XmlDocument.read("no xml".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static Object value(String source) throws Exception {
        return Expression.parse(source, "place").evaluate(Map.of("total", 42, "a/b", "slash"), Map.of("text", "!"));
    }
}
