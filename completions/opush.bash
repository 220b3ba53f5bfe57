# Completion of opush for bash. What a word may become is asked of opush itself at each Tab, so profiles, certificates and
# users of this machine are known, and the script need not change with the commands.
_opush() {
    local opush=$1 reply
    type -P "$opush" >/dev/null || opush=opush
    COMPREPLY=()
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <("$opush" __complete bash "$COMP_CWORD" "$COMP_LINE" "${COMP_WORDS[@]}" 2>/dev/null)
    # A folder or a key is not the whole word.
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[/=:] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
# Keeping the order needs bash 4.4.
complete -o bashdefault -o nosort -F _opush opush 2>/dev/null || complete -o bashdefault -F _opush opush
