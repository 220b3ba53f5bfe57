# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_opush_global_optspecs
    string join \n profile= config= json q/quiet v/verbose color= no-input timeout= h/help V/version
end

function __fish_opush_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_opush_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_opush_using_subcommand
    set -l cmd (__fish_opush_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c opush -n "__fish_opush_needs_command" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_needs_command" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_needs_command" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_needs_command" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_needs_command" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_needs_command" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_needs_command" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_needs_command" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_needs_command" -s V -l version -d 'Print version'
complete -c opush -n "__fish_opush_needs_command" -f -a "demo" -d 'See who gets a push, and see it arrive, in a sandbox, with nothing configured'
complete -c opush -n "__fish_opush_needs_command" -f -a "cert" -d 'Keep the certificates of a profile: OPPO credentials, channel, click event'
complete -c opush -n "__fish_opush_needs_command" -f -a "profile" -d 'Add, list, show, choose and remove profiles: one app in one environment each'
complete -c opush -n "__fish_opush_needs_command" -f -a "click" -d 'Check what a tap on a notification would open'
complete -c opush -n "__fish_opush_needs_command" -f -a "token" -d 'Report, list and check the regIds of users\' phones'
complete -c opush -n "__fish_opush_needs_command" -f -a "presence" -d 'Say and show where a user\'s app stands, and what the offline-push rule makes of it'
complete -c opush -n "__fish_opush_needs_command" -f -a "send" -d 'Send one notification'
complete -c opush -n "__fish_opush_needs_command" -f -a "snippet" -d 'Write app-side code for this profile: channel, manifest, constants, token report, receiver, sender'
complete -c opush -n "__fish_opush_needs_command" -f -a "smoke" -d 'Scripted pushes with what is expected of them: run, list, new'
complete -c opush -n "__fish_opush_needs_command" -f -a "history" -d 'Every push: what was sent, what OPPO answered'
complete -c opush -n "__fish_opush_needs_command" -f -a "receipt" -d 'Receive and list what OPPO posts back about pushes'
complete -c opush -n "__fish_opush_needs_command" -f -a "explain" -d 'Say what a code of OPPO or of the IM server means and what to do about it'
complete -c opush -n "__fish_opush_needs_command" -f -a "im" -d 'Drive the IM server\'s REST API'
complete -c opush -n "__fish_opush_needs_command" -f -a "sandbox" -d 'The simulator of OPPO PUSH, the IM server and phones'
complete -c opush -n "__fish_opush_needs_command" -f -a "config" -d 'Check, find and trust the configuration file'
complete -c opush -n "__fish_opush_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c opush -n "__fish_opush_needs_command" -f -a "man" -d 'Print a manual page, as roff'
complete -c opush -n "__fish_opush_using_subcommand demo" -l break -d 'Break this link of the chain, and see what it looks like' -r -f -a "secret\t'MasterSecret is wrong'
channel\t'The app has not created the channel'
regid\t'The app was installed anew and did not report its new regId'
click\t'The Activity of the click target is not exported'
notifications\t'The app\'s notification switch is off'
report\t'The app never reported its regId to the IM server'
certificate-id\t'The app reported a certificate ID that the IM server does not have'
logout\t'The user is logged out when the message comes'
presence\t'The app is still open when the message comes'"
complete -c opush -n "__fish_opush_using_subcommand demo" -l sandbox -d 'Use the sandbox that runs there' -r
complete -c opush -n "__fish_opush_using_subcommand demo" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand demo" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand demo" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand demo" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand demo" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand demo" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand demo" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -f -a "add" -d 'Add a certificate to a profile, and the profile where there is none'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -f -a "edit" -d 'Change a certificate, keeping comments and order of the file'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -f -a "list" -d 'List the certificates of the profile in force, and whether each is active at the IM server'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -f -a "show" -d 'Show one certificate: every value, and where it came from'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -f -a "remove" -d 'Remove a certificate from the configuration; the IM console keeps its own'
complete -c opush -n "__fish_opush_using_subcommand cert; and not __fish_seen_subcommand_from add edit list show remove verify" -f -a "verify" -d 'Ask OPPO whether it accepts AppKey and MasterSecret'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l id -d 'The certificate ID that the IM console shows [default: a local one from 1 to 999]' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l name -d 'A name for people' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l app-id -d 'AppId, as OPPO\'s console shows it' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l app-key -d 'AppKey' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l channel-id -d 'ChannelID: the app\'s NotificationChannel' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l click -d 'What a tap opens: open-app, url:U, activity:CLASS or intent:ACTION' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l saved-at -d 'When the IM console saved it: now, or a time such as 2026-01-31T08:00:00Z' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l master-secret-env -d 'Environment variable that holds MasterSecret when opush runs' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l master-secret-file -d 'File that holds MasterSecret' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l app-secret-env -d 'Environment variable that holds AppSecret' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l app-secret-file -d 'File that holds AppSecret' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l region -d 'For a new profile: cn, cn-legacy, intl or sandbox' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l package -d 'For a new profile: the app\'s applicationId' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l master-secret-stdin -d 'Read MasterSecret from stdin and keep it as a private file'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l app-secret-stdin -d 'Read AppSecret from stdin and keep it as a private file'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l id -d 'Its new ID, here and in everything that refers to it' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l name -d 'A name for people' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l app-id -d 'AppId, as OPPO\'s console shows it' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l app-key -d 'AppKey' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l channel-id -d 'ChannelID: the app\'s NotificationChannel' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l click -d 'What a tap opens: open-app, url:U, activity:CLASS or intent:ACTION' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l saved-at -d 'When the IM console saved it: now, or a time such as 2026-01-31T08:00:00Z' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l master-secret-env -d 'Environment variable that holds MasterSecret when opush runs' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l master-secret-file -d 'File that holds MasterSecret' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l app-secret-env -d 'Environment variable that holds AppSecret' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l app-secret-file -d 'File that holds AppSecret' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l master-secret-stdin -d 'Read MasterSecret from stdin and keep it as a private file'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l app-secret-stdin -d 'Read AppSecret from stdin and keep it as a private file'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l dry-run -d 'Show the difference and write nothing'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l console -d 'As the IM console\'s form, in its words and order, and the next commands'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l yes -d 'Remove it without asking'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand cert; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -f -a "add" -d 'Add a profile to the configuration file, asking for what is missing'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -f -a "list" -d 'List the profiles, and say which is in force and why'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -f -a "show" -d 'Show a profile, and where each of its values came from'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -f -a "use" -d 'Make a profile the default: write default_profile into the file in use'
complete -c opush -n "__fish_opush_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove" -f -a "remove" -d 'Remove a profile and its certificates from the configuration file'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l region -d 'Where its pushes go: cn, cn-legacy, intl or sandbox' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l package -d 'The app\'s package name' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l endpoint -d 'Base URL in the place of the region\'s hosts: https, or http to loopback' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand click; and not __fish_seen_subcommand_from check" -f -a "check" -d 'Check click targets: URL, Activity, intent action, open app'
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l click -d 'A target as every other command takes it: open-app, url:U, activity:CLASS or intent:ACTION' -r
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l url -d 'A web page' -r
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l activity -d 'An Activity, by its full class name' -r
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l intent -d 'An Activity, by an intent action of its filter' -r
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l open-app -d 'The app itself'
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand click; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "report" -d 'Report a regId for a user, as the app does after login'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "list" -d 'List the token reports of the profile in force'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "show" -d 'Show a user\'s token reports, ended ones too'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "remove" -d 'End a user\'s token reports'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "check" -d 'Check a regId: its form, its region, who reported it'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "import" -d 'Report the regIds of many users at once, from CSV or lines of JSON'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "export" -d 'Write the token reports of the profile in force as CSV or lines of JSON'
complete -c opush -n "__fish_opush_using_subcommand token; and not __fish_seen_subcommand_from report list show remove check import export listen" -f -a "listen" -d 'Take the regIds that a test build of an app posts, until Ctrl-C'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l user -d 'The UserID that the app logs in with' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l certificate -d 'A certificate of the profile in force [default: its default one]' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l reg-id -d 'The regId that the phone\'s push SDK returned [env: OPUSH_REG_ID]' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l brand -d 'The phone\'s brand: oppo, realme or oneplus' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l device -d 'Which of the user\'s devices [default: default]' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from report" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l user -d 'Only this user\'s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l certificate -d 'Only those with this certificate ID' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l user -d 'The user' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l user -d 'The user' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l device -d 'Only this device\'s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l format -d 'How the rows are written [default: by the file\'s ending]' -r -f -a "csv\t'Comma-separated, the first line names the columns'
jsonl\t'One JSON object a line'"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l on-error -d 'What becomes of the good rows where others are bad' -r -f -a "abort\t'Nothing is kept'
skip\t'The good rows are kept'"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l map -d 'What a column of another name holds; HEADER=- passes it over. May be repeated' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l certificate -d 'For rows that name no certificate [default: the profile\'s default one]' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l format -d 'How the rows are written' -r -f -a "csv\t'Comma-separated, the first line names the columns'
jsonl\t'One JSON object a line'"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l user -d 'Only this user\'s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l certificate -d 'Only those with this certificate ID' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l listen -d 'Address to listen on; port 0 takes a free one' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l token-file -d 'A file of mode 0600 that holds the bearer token' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l ready-file -d 'Write {"url", "pid"} here once it answers' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l certificate -d 'For reports that name no certificate [default: the profile\'s default one]' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l beyond-loopback -d 'Allow an address that other machines can reach'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand token; and __fish_seen_subcommand_from listen" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -f -a "set" -d 'Say where a user\'s app stands'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -f -a "show" -d 'Show where users\' apps stand'
complete -c opush -n "__fish_opush_using_subcommand presence; and not __fish_seen_subcommand_from set show explain" -f -a "explain" -d 'Show what the offline-push rule makes of each of a user\'s devices, without sending'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l user -d 'The user' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l device -d 'Only this device [default: all that are known, else one called default]' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l platform -d 'What kind of terminal it is [default: what it was, else android]' -r -f -a "android\t''
iphone\t''
ipad\t''
pc\t''
mac\t''
web\t''"
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l user -d 'Only this user\'s' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l user -d 'The user' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l certificate -d 'Only devices that reported this certificate' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l force -d 'As send --force: go past what is about timing or presence only'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand presence; and __fish_seen_subcommand_from explain" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand send" -l reg-id -d 'regId of one app on one phone [env: OPUSH_REG_ID]' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l alias -d 'Alias that the app\'s server gave a regId' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l user -d 'User whose devices reported a token' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l title -d 'Title, at most 50 characters' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l content -d 'Text; standard style 50 characters to be sure (200 at most), long text 128' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l sub-title -d 'Sub-title, at most 10 characters' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l style -d '1 or standard, 2 or long-text' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l ext -d 'One pair of custom content; may be repeated' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l ext-json -d 'Custom content as a JSON object, or @FILE that holds it' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l click -d 'What a tap opens: open-app, url:U, activity:CLASS or intent:ACTION' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l channel-id -d 'NotificationChannel of the app [default: the certificate\'s]' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l category -d 'OPPO\'s message class, such as IM or ORDER' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l notify-level -d '1 notification centre, 2 and lock screen, 16 and banner and sound; needs --category' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l ttl -d 'How long OPPO keeps it for a phone that is offline, at most 10d' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l certificate -d 'Certificate to send with [default: the profile\'s]' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l callback-url -d 'Where OPPO posts receipts' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l callback-parameter -d 'Comes back with every receipt, at most 100 characters' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l message-file -d 'The whole notification object, OPPO\'s field names, as JSON or TOML; flags go before it' -r -F
complete -c opush -n "__fish_opush_using_subcommand send" -l set -d 'A field by its wire name, sent as it is, with a warning; may be repeated' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l app-message-id -d 'De-duplication id; made up where not given' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l sound -d 'OPPO has no custom sounds; this flag says so' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l wait -d 'After OPPO accepted it, wait for its receipt this long; exit 8 if none comes' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand send" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand send" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand send" -l force -d 'With --user: go past what is about timing or presence only'
complete -c opush -n "__fish_opush_using_subcommand send" -l dry-run -d 'Validate and print the exact request, secrets masked, without any network'
complete -c opush -n "__fish_opush_using_subcommand send" -l curl -d 'With --dry-run: print a curl command that could be run'
complete -c opush -n "__fish_opush_using_subcommand send" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand send" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand send" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand send" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand send" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand snippet" -l lang -d 'Language of the code; the manifest is XML' -r -f -a "java\t''
kotlin\t''"
complete -c opush -n "__fish_opush_using_subcommand snippet" -l sdk -d 'Generation of the IM SDK: v2tim from 5 on, legacy up to 4' -r -f -a "v2tim\t''
legacy\t''"
complete -c opush -n "__fish_opush_using_subcommand snippet" -l out -d 'Write files into this folder instead of printing' -r -F
complete -c opush -n "__fish_opush_using_subcommand snippet" -l certificate -d 'Certificate of the profile [default: its default, or its only one]' -r
complete -c opush -n "__fish_opush_using_subcommand snippet" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand snippet" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand snippet" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand snippet" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand snippet" -l force -d 'Overwrite files that are there with other content'
complete -c opush -n "__fish_opush_using_subcommand snippet" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand snippet" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand snippet" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand snippet" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand snippet" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -f -a "run" -d 'Run scenarios, and fail unless every case ends as expected'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -f -a "list" -d 'List the cases of scenarios, validated and not run'
complete -c opush -n "__fish_opush_using_subcommand smoke; and not __fish_seen_subcommand_from run list new" -f -a "new" -d 'Write a first scenario file of a profile'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l filter -d 'Only cases whose name holds this; with * or ?, whose whole name fits it' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l jobs -d 'How many targets may be pushed to at the same time' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l retries -d 'Repeats that all cases together may use, after network failures, lost answers and throttling' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l junit -d 'Write a JUnit report here as well' -r -F
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l fail-fast -d 'Begin no further case after the first that did not pass'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l filter -d 'Only cases whose name holds this; with * or ?, whose whole name fits it' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l out -d 'File to write' -r -F
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l certificate -d 'Certificate to push with [default: the profile\'s]' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l force -d 'Replace a file that is there'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand smoke; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -f -a "list" -d 'List pushes, newest first'
complete -c opush -n "__fish_opush_using_subcommand history; and not __fish_seen_subcommand_from list show" -f -a "show" -d 'Show one push whole, secrets masked'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l limit -d 'At most this many [default: all]' -r
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l status -d 'Only those that ended so' -r -f -a "pending\t''
accepted\t''
refused\t''
unknown\t''
not_sent\t''"
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand history; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -f -a "listen" -d 'Serve the callback URL until Ctrl-C: receipts are stored, matched with their pushes and shown'
complete -c opush -n "__fish_opush_using_subcommand receipt; and not __fish_seen_subcommand_from listen list" -f -a "list" -d 'List receipts, newest first'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l listen -d 'Address to listen on; port 0 takes a free one' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l public-url -d 'How OPPO reaches this listener, through a proxy with TLS, say' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l path-secret-env -d 'Environment variable that holds the path\'s secret' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l path-secret-file -d 'File that holds the path\'s secret, so that the URL stays the same' -r -F
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l ready-file -d 'Write {"url", "callback_url", "pid"} here once it answers, readable by you alone' -r -F
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l beyond-loopback -d 'Allow an address that other machines can reach'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l path-secret -d 'End the path with a secret that is made now'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l path-secret-stdin -d 'Read the path\'s secret from stdin'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from listen" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l message-id -d 'Only those of this message_id' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l reg-id -d 'Only those about this regId' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l user -d 'Only those of pushes to this user' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l history-id -d 'Only those of this push, by its number in the history' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l event -d 'Only events of this name, such as regid_invalid' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l since -d 'Only what came within this time, such as 24h' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l limit -d 'At most this many [default: all]' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l unmatched -d 'Only those that belong to no push known here'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l rejected -d 'What came to the callback URL and was no receipt'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand receipt; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand explain" -l source -d 'Only the one side\'s, for a number that both have [default: OPPO first, then the IM server]' -r -f -a "oppo\t''
im\t''"
complete -c opush -n "__fish_opush_using_subcommand explain" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand explain" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand explain" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand explain" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand explain" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand explain" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand explain" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand explain" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "usersig" -d 'Make a UserSig and print it alone, or check one'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "check" -d 'Check that the IM server accepts SDKAppID, administrator and secret key'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "state" -d 'Ask where users are logged in'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "account" -d 'Ask whether users are accounts of the app'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "send" -d 'Send one message to a user, with what its offline push should show'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "kick" -d 'End a user\'s login everywhere'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "trace" -d 'Follow one chat push through the push service; kept there for 7 days'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "loss" -d 'Count the reasons for which pushes were lost'
complete -c opush -n "__fish_opush_using_subcommand im; and not __fish_seen_subcommand_from usersig check state account send kick trace loss webhook" -f -a "webhook" -d 'Receive what the IM server posts: presence and the life of pushes'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l user -d 'User it is for; with --verify, user it should be for' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l expire -d 'How long it holds; Tencent advises 24h or more' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l verify -d 'Take the one on stdin apart instead, and say everything that is wrong with it'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from usersig" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from state" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from account" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l to -d 'Receiver' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l text -d 'The message\'s text' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l from -d 'Sender [default: the administrator]' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l title -d 'Title of the notification' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l desc -d 'Text of the notification [default: made from the message]' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l ext -d 'One pair of custom content; may be repeated' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l ext-json -d 'Custom content as a JSON object, or @FILE that holds it' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l channel-id -d 'NotificationChannel on OPPO phones [default: the certificate\'s in the IM console]' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l category -d 'OPPO\'s message class, such as IM or ACCOUNT' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l notify-level -d '1 notification bar, 2 and lock screen, 16 and banner and sound; needs --category' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l push-flag -d '0 push, 1 no offline push' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l life-time -d 'How long the message is kept for a user who is not online, at most 7d; 0s means online only' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l message-file -d 'The whole request of sendmsg as JSON, field names of the REST API; flags go before it' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l online-only -d 'Only if the receiver is online; nothing is kept and nothing pushed'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l dry-run -d 'Validate and print the exact request, secrets masked, without any network'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from send" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from kick" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from trace" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l since -d 'How far back, at most 7d' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from loss" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand im; and __fish_seen_subcommand_from webhook" -f -a "listen" -d 'Serve a webhook until Ctrl-C: presence and pushes are kept as evidence'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -f -a "run" -d 'Serve the simulator over HTTP until Ctrl-C'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -f -a "reset" -d 'Clear the sandbox: phones, messages, tokens, log'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -f -a "phone" -d 'Simulated phones'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -f -a "fault" -d 'Faults on purpose: refusals, lost answers, late ones, lost pushes'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and not __fish_seen_subcommand_from run reset phone fault calls" -f -a "calls" -d 'Show the log of calls: what was asked, what failed, which fault struck'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l listen -d 'Address to listen on; port 0 takes a free one' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l ready-file -d 'Write {"url", "pid"} here once it answers' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l rule -d 'Decide an open question about OPPO otherwise; docs/open-questions.md lists them. May be repeated' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l beyond-loopback -d 'Allow an address that other machines can reach'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l allow-callbacks -d 'Post receipts to any call_back_url, not to those on this machine alone'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l ephemeral -d 'Keep everything in memory, and forget it at the end'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "add" -d 'Add a phone, its app installed and registered'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "list" -d 'List the phones'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "show" -d 'Show a phone: its notifications, and what was dropped and why'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "set" -d 'Change a phone'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "tap" -d 'Tap a notification: where it lands, with which extras'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "dismiss" -d 'Swipe a notification away'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "remove" -d 'Remove a phone; its regId is then no longer subscribed'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "login" -d 'Log an IM user in on a phone; its app then reports its regId'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "logout" -d 'Log the IM user out on a phone'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "open" -d 'Open the app, or bring it to the foreground'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "background" -d 'Hide the app; it stays online unless it calls doBackground'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "kill" -d 'Kill the app\'s process: the IM server pushes from then on'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "elapse" -d 'Let time pass for the phone\'s login: 8d after a kill, it has expired'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "offline" -d 'Take the phone\'s network away; the IM server notices after 400 s'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from phone" -f -a "online" -d 'Give the phone Wi-Fi again'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -f -a "set" -d 'Make something go wrong until it is cleared, or has struck so often'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -f -a "list" -d 'List the faults that are set'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from fault" -f -a "clear" -d 'Clear faults: those named, or all'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l after -d 'Only calls after the one with this number' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l limit -d 'At most so many, the oldest first' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand sandbox; and __fish_seen_subcommand_from calls" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -f -a "check" -d 'Check the configuration file: every problem in it at once, and whether its secrets can be had'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -f -a "path" -d 'Print which configuration file is in use, and where state and secrets lie'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -f -a "schema" -d 'Print the JSON Schema of opush.toml'
complete -c opush -n "__fish_opush_using_subcommand config; and not __fish_seen_subcommand_from check path schema trust" -f -a "trust" -d 'Trust the configuration file as it is now, so that its { command } secrets run'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand config; and __fish_seen_subcommand_from trust" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand completions" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand completions" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand completions" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand completions" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand completions" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand completions" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand completions" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand completions" -s h -l help -d 'Print help'
complete -c opush -n "__fish_opush_using_subcommand man" -l dir -d 'Write every page into this folder instead' -r -F
complete -c opush -n "__fish_opush_using_subcommand man" -l profile -d 'Profile to use: a [profile.NAME] of the configuration, or a built-in: sandbox, env' -r
complete -c opush -n "__fish_opush_using_subcommand man" -l config -d 'Configuration file to use instead of the one found' -r -F
complete -c opush -n "__fish_opush_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c opush -n "__fish_opush_using_subcommand man" -l timeout -d 'Longest time for a command\'s network calls, such as 30s' -r
complete -c opush -n "__fish_opush_using_subcommand man" -l json -d 'Print one JSON object on stdout'
complete -c opush -n "__fish_opush_using_subcommand man" -s q -l quiet -d 'Say nothing on stderr but errors'
complete -c opush -n "__fish_opush_using_subcommand man" -s v -l verbose -d 'Say more about what is done, on stderr'
complete -c opush -n "__fish_opush_using_subcommand man" -l no-input -d 'Never ask; a value that is missing is an error'
complete -c opush -n "__fish_opush_using_subcommand man" -s h -l help -d 'Print help'
