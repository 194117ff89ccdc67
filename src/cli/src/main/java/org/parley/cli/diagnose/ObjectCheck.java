package org.parley.cli.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.parley.ContractDefinition;
import org.parley.ContractDefinition.SentBy;
import org.parley.MessageTypeDefinition;
import org.parley.ServiceDefinition;

/** Whether both sides have the contract with its message types, alike, and the services. */
final class ObjectCheck {

    private final Plan plan;
    private final Definitions from;
    private final Definitions to;

    ObjectCheck(Plan plan, Definitions from, Definitions to) {
        this.plan = plan;
        this.from = from;
        this.to = to;
    }

    void into(List<Finding> findings) {
        Optional<ContractDefinition> here = from.contract(plan.contract());
        Optional<ContractDefinition> there = to.contract(plan.contract());
        if (here.isEmpty()) {
            noContract(from, there.map(known -> Statements.contract(known, to, from)), findings);
        }
        if (there.isEmpty() && from != to) {
            noContract(to, here.map(known -> Statements.contract(known, from, to)), findings);
        }
        if (here.isPresent() && there.isPresent() && from != to) {
            sameDirections(here.get(), there.get(), findings);
            sameValidations(here.get(), findings);
        }
        services(findings);
    }

    private void noContract(Definitions where, Optional<String> copy, List<Finding> findings) {
        String text = "Contract '" + plan.contract() + "' doesn't exist"
                + (copy.isPresent()
                        ? "; the other database has it."
                        : "; this one lets both sides send messages of any body, until you say what else they may.");
        findings.add(Finding.missing(
                8425,
                where,
                text,
                copy.orElse("CREATE CONTRACT " + Quoted.name(plan.contract()) + " ([DEFAULT] SENT BY ANY);")));
    }

    private void sameDirections(ContractDefinition here, ContractDefinition there, List<Finding> findings) {
        if (here.sentBy().equals(there.sentBy())) {
            return;
        }
        Map<String, SentBy> mine = new TreeMap<>(here.sentBy());
        List<String> differences = new ArrayList<>();
        mine.forEach((type, by) -> {
            SentBy other = there.sentBy().get(type);
            if (other != by) {
                differences.add("'" + type + "' is sent by " + by + " in '" + from.name() + "' and "
                        + (other == null ? "isn't part of it" : "by " + other) + " in '" + to.name() + "'");
            }
        });
        for (String type : new TreeSet<>(there.sentBy().keySet())) {
            if (!mine.containsKey(type)) {
                differences.add("'" + type + "' isn't part of it in '" + from.name() + "'");
            }
        }
        findings.add(Finding.missing(
                8498,
                to,
                "Contract '" + plan.contract() + "' isn't the same in both databases: " + String.join("; ", differences)
                        + ". A contract can't be altered: it is made anew here, which ends conversations that use it.",
                Statements.contractAnew(here, from, to)));
    }

    private void sameValidations(ContractDefinition contract, List<Finding> findings) {
        for (String type : new TreeSet<>(contract.sentBy().keySet())) {
            Optional<MessageTypeDefinition> there = to.messageType(type);
            MessageTypeDefinition here = from.messageType(type).orElseThrow();
            if (there.isPresent() && !here.equals(there.get())) {
                findings.add(Finding.missing(
                        9615,
                        to,
                        "Message type '" + type + "' is validated as " + validation(here) + " in '" + from.name()
                                + "' and as " + validation(there.get()) + " in '" + to.name()
                                + "': each side judges what arrives by its own, and refuses what the other allows.",
                        Statements.validation(here, from, to)));
            }
        }
    }

    private static String validation(MessageTypeDefinition type) {
        return type.schemaCollection() == null
                ? type.validation().name()
                : type.validation() + " with '" + type.schemaCollection() + "'";
    }

    private void services(List<Finding> findings) {
        if (from.service(plan.from()).isEmpty()) {
            findings.add(Finding.missing(
                    8423,
                    from,
                    "Service '" + plan.from() + "', which is to begin the dialog, doesn't exist.",
                    Statements.service(plan.from(), null, from)));
        }
        Optional<ServiceDefinition> target = to.service(plan.to());
        if (target.isEmpty()) {
            findings.add(Finding.missing(
                    9796,
                    to,
                    "Service '" + plan.to() + "', the target, doesn't exist: messages wait until it does.",
                    Statements.service(plan.to(), plan.contract(), to)));
        } else if (!target.get().contracts().contains(plan.contract())) {
            findings.add(Finding.missing(
                    8408,
                    to,
                    "Service '" + plan.to() + "' doesn't accept dialogs on contract '" + plan.contract()
                            + "'; it does on " + new TreeSet<>(target.get().contracts()) + ".",
                    "ALTER SERVICE " + Quoted.name(plan.to()) + " (ADD CONTRACT " + Quoted.name(plan.contract())
                            + ");"));
        }
    }
}
