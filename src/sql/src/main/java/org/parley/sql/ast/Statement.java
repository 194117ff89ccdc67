package org.parley.sql.ast;

/** One statement. */
public sealed interface Statement permits ControlStatement, ConversationStatement, DataStatement, DefinitionStatement {

    /** Where it begins. */
    Position at();
}
