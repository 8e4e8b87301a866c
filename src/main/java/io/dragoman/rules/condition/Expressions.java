// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.facts.Variables;
import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.text.Expansion;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles {@code if}: CEL, checked against the types of its variables and bounded in every dimension. */
final class Expressions {
    private static final int LARGEST_PATTERN = 5_000;

    private static final CelOptions BOUNDS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(4_000)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(1_000)
            .maxRegexProgramSize(LARGEST_PATTERN)
            .build();

    private final Calendars calendars;
    private @Nullable Cel cel;

    Expressions(Calendars calendars) {
        this.calendars = calendars;
    }

    /** A condition, or problems at the places in the file where the expression is wrong. */
    Optional<Condition> compile(Node node, Problems problems) {
        String source = RuleValues.text(node, problems);
        if (source == null) {
            return Optional.empty();
        }
        try {
            Cel environment = environment();
            CelValidationResult result = environment.compile(node.text());
            if (!result.hasError()) {
                result = validator(environment).validate(result.getAst());
            }
            if (!result.hasError()) {
                if (!checkPatterns(node, result.getAst(), problems)) {
                    return Optional.empty();
                }
                CelRuntime.Program program = environment.createProgram(result.getAst());
                return Optional.of(condition(source, program));
            }
            result.getErrors().forEach(issue -> report(node, issue.getSourceLocation(), issue.getMessage(), problems));
        } catch (CelValidationException | CelEvaluationException | RuntimeException | StackOverflowError e) {
            problems.add(
                    node,
                    "is not a CEL expression that can be run: "
                            + QuotedText.oneLine(QuotedText.orEmpty(e.getMessage()), 200));
        }
        return Optional.empty();
    }

    private static void report(Node node, CelSourceLocation where, String message, Problems problems) {
        int column = Math.max(0, where.getColumn());
        int expecting = message.indexOf(" expecting {");
        Node.Place place = node.within(where.getLine(), column);
        problems.add(
                node.file(),
                place.line(),
                place.column(),
                node.path(),
                "is not right at character " + (column + 1)
                        + (where.getLine() > 1 ? " of line " + where.getLine() : "")
                        + ": " + QuotedText.oneLine(expecting < 0 ? message : message.substring(0, expecting), 300)
                        + ".");
    }

    /** CEL compiles the pattern of {@code matches} only when it runs, and its own check is not RE2's. */
    private static boolean checkPatterns(Node node, CelAbstractSyntaxTree tree, Problems problems) {
        List<CelExpr> calls = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expr ->
                        expr.getKind() == Kind.CALL && expr.call().function().equals("matches"))
                .toList();
        boolean good = true;
        for (CelExpr expr : calls) {
            CelExpr pattern = expr.call().args().get(expr.call().args().size() - 1);
            String problem = problem(pattern);
            if (problem != null) {
                CelSourceLocation where = tree.getSource()
                        .getOffsetLocation(tree.getSource().getPositionsMap().getOrDefault(pattern.id(), 0))
                        .orElse(CelSourceLocation.of(1, 0));
                report(node, where, problem, problems);
                good = false;
            }
        }
        return good;
    }

    /** What is wrong with a pattern; null when it is good. Nobody who writes to us may bring a pattern of his own. */
    private static @Nullable String problem(CelExpr pattern) {
        if (pattern.getKind() != Kind.CONSTANT) {
            return "the pattern of matches must be written out here";
        }
        String source = pattern.constant().stringValue();
        if (Expansion.exceeds(source, LARGEST_PATTERN)) {
            return "too large an expression; use smaller counts in {…}";
        }
        try {
            Pattern.compile(source);
            return null;
        } catch (PatternSyntaxException e) {
            return "not an RE2 expression: " + e.getDescription();
        }
    }

    private static Condition condition(String source, CelRuntime.Program program) {
        return new Condition(QuotedText.label("if", List.of(source)), facts -> {
            try {
                Object value = program.eval(facts.variables());
                return new Finding(
                        Boolean.TRUE.equals(value), "is " + (value instanceof Boolean ? value : "no truth value"));
            } catch (CelEvaluationException e) {
                return new Finding(
                        false,
                        "could not be evaluated: " + QuotedText.oneLine(QuotedText.orEmpty(e.getMessage()), 200));
            }
        });
    }

    private Cel environment() {
        if (cel == null) {
            CelBuilder builder = CelFactory.plannerCelBuilder()
                    .setOptions(BOUNDS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setTypeProvider(Variables.provider(calendars))
                    .setResultType(SimpleType.BOOL);
            Variables.types(calendars).forEach(builder::addVar);
            cel = builder.build();
        }
        return cel;
    }

    private static CelValidator validator(Cel cel) {
        return CelValidatorFactory.standardCelValidatorBuilder(cel, cel)
                .addAstValidators(TimestampLiteralValidator.INSTANCE, DurationLiteralValidator.INSTANCE)
                .build();
    }
}
