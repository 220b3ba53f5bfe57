//! A command that only has commands below it: which they are, each with its own file's `Args` and `run`.

/// Behind the `;`: those that have further commands below them.
macro_rules! noun {
    (
        $(#[$attribute:meta])*
        $($leaf:ident = $file:ident,)*
        $(; $($noun:ident = $folder:ident,)*)?
    ) => {
        #[derive(clap::Args, Debug)]
        $(#[$attribute])*
        pub(crate) struct Args {
            #[command(subcommand)]
            command: Command,
        }

        #[derive(clap::Subcommand, Debug)]
        enum Command {
            $($leaf(Box<$file::Args>),)*
            $($($noun($folder::Args),)*)?
        }

        pub(crate) fn run(
            args: Args,
            ctx: &$crate::commands::context::Ctx,
        ) -> $crate::commands::outcome::Outcome {
            match args.command {
                $(Command::$leaf(args) => $crate::commands::outcome::boxed($file::run(*args, ctx)),)*
                $($(Command::$noun(args) => $folder::run(args, ctx),)*)?
            }
        }
    };
}

pub(crate) use noun;
