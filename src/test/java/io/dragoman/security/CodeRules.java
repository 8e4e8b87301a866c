// SPDX-License-Identifier: Apache-2.0
package io.dragoman.security;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checklist 6, 12, 17 and 19: what no class may use. For a test that has them all, as reading them takes long. */
public interface CodeRules {
    /** All classes of the product. */
    JavaClasses product();

    @Test
    default void codeBuildsNoDynamicRouteAndEvaluatesNoLanguage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel.language..",
                        "org.apache.camel.component.bean..",
                        "org.apache.camel.component.seda..",
                        "org.apache.camel.component.jmx..",
                        "org.apache.camel.main.download..",
                        "org.apache.camel.impl.console..",
                        "javax.management..",
                        "javax.script..",
                        "javax.naming..")
                .check(product());
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.CamelHardening(\\$.*)?") // which limits one
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.camel.dataformat..", "org.apache.camel.saga..")
                .check(product());
        assertThat(product().stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getPackageName().startsWith("org.apache.camel.model"))
                        .map(call -> call.getName())
                        .filter(
                                List.of(
                                        "toD",
                                        "recipientList",
                                        "dynamicRouter",
                                        "routingSlip",
                                        "simple",
                                        "bean",
                                        "script")::contains))
                .isEmpty();
    }

    /**
     * The console's files are packed, from the class path; nothing unpacks but a site map that the operator named, of which
     * so many bytes are read.
     */
    @Test
    default void nothingIsUnpackedAndNoPictureIsDecoded() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.dragoman.simulator..", "io.dragoman.demo..", "io.dragoman.cli..")
                .and()
                .doNotHaveFullyQualifiedName("io.dragoman.console.ConsoleFile")
                .and()
                .doNotHaveFullyQualifiedName("io.dragoman.app.answers.SiteFetch")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.zip..",
                        "java.util.jar..",
                        "javax.imageio..",
                        "java.awt..",
                        "org.apache.commons.compress..",
                        "org.apache.tika..",
                        "org.apache.pdfbox..")
                .check(product());
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .check(product());
    }

    /**
     * XML is parsed in two places, without document types: what WeChat posts, and the stream of an XMPP server; and so by
     * the simulator of such a server, which listens on loopback alone, and by the contract's checks, of what simulators
     * make.
     */
    @Test
    default void noXmlIsParsedAndNoObjectDeserialised() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.dragoman\\.channel\\.(wechat\\.XmlFields|xmpp\\.StreamParser)(\\$.*)?"
                        + "|io\\.dragoman\\.(contract\\.Shapes|simulator\\.xmpp\\..*)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.xml..", "org.xml.sax..", "org.w3c.dom..", "org.dom4j..", "com.thoughtworks.xstream..")
                .check(product());
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.beans.XMLDecoder")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.dataformat.xml..", "java.rmi..")
                .check(product());
        assertThat(product().stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .map(call -> call.getName())
                        .filter(name -> name.equals("activateDefaultTyping") || name.equals("enableDefaultTyping")))
                .isEmpty();
    }
}
