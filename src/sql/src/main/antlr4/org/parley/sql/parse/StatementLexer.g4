lexer grammar StatementLexer;

SPACE : [ \t\r\n]+ -> channel(HIDDEN) ;
